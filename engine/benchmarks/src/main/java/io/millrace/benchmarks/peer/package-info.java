/** Others that answer or deliver beside us in the same run, and what it costs them. */
@NullMarked
package io.millrace.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
