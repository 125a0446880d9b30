/**
 * Row patterns: a regular expression over the rows of a partition, in order.
 *
 * <p>The pattern becomes a {@link io.millrace.runtime.match.PatternProgram}. A {@link io.millrace.runtime.match.Matcher} runs it
 * over each row once, in a list of threads: each is a way to match that is still open, the preferred ones first. Two
 * threads at the same place of the program, with the same future, are one, and the preferred one stays. So where
 * conditions look at a row and its neighbours alone, a row costs at most as much as the pattern is long, whatever the
 * pattern, and matches that start at different rows are looked for at the same time.
 *
 * <pre>
 *   rows        A  B  B  ?
 *   threads     start 0: after B, at B or C    preferred
 *               start 1: …
 *   history     ← A ← B ← B                    what each thread has mapped, common beginnings shared
 * </pre>
 */
@NullMarked
package io.millrace.runtime.match;

import org.jspecify.annotations.NullMarked;
