/**
 * What makes plans better: rules over {@link io.millrace.plan.PlanNode} trees that keep the answer. {@link
 * io.millrace.sql.rewrite.Rewriting} applies them in order.
 *
 * <pre>
 *   Simplify        filters down, projections merged, needless nodes gone
 *   FormJoins       what must be equal becomes keys
 *   FormWindows     windows with grouping become one operator; groups by ROWTIME get their closing,
 *                   joins by time the limits of what they keep
 *   PruneColumns    nothing is read that nobody needs
 *   NodeIds         stable names, from what each operator does
 * </pre>
 */
@NullMarked
package io.millrace.sql.rewrite;

import org.jspecify.annotations.NullMarked;
