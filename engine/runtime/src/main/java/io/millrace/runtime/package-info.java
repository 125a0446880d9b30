/**
 * Runs plans: operators that work in steps, and what keeps them going.
 *
 * <pre>
 *   Plan ──► {@code operator}  ◄── {@code expression}, {@code aggregate}, {@code state}
 *               ▲
 *   {@code query}: SELECT      {@code pump}: INSERT INTO … SELECT STREAM      {@code view}: materialized view
 * </pre>
 *
 * <p>Nothing here starts a thread or reads a clock of its own: an {@link io.millrace.runtime.Environment} brings
 * both the clock and the sources, and whoever runs a query calls it.
 */
@NullMarked
package io.millrace.runtime;

import org.jspecify.annotations.NullMarked;
