/** Measurements of the whole program: what a user of it sees, beside a peer. */
@NullMarked
package io.millrace.benchmarks.program;

import org.jspecify.annotations.NullMarked;
