/** Measured comparisons, each against a peer in the same run. */
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
