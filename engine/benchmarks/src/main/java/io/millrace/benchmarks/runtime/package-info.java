/** How fast operators work, beside the same work written by hand. */
@NullMarked
package io.millrace.benchmarks.runtime;

import org.jspecify.annotations.NullMarked;
