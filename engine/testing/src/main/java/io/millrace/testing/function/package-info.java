/** Users' functions for tests: source that becomes a jar. */
@NullMarked
package io.millrace.testing.function;

import org.jspecify.annotations.NullMarked;
