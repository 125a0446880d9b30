/**
 * What makes plans better: rules over {@link io.millrace.plan.PlanNode} trees that keep the answer. {@link
 * io.millrace.sql.rewrite.Rewriting} applies them in order.
 *
 * <pre>
 *   Simplify        filters down, projections merged, needless nodes gone
 *   FormWindows     windows with grouping become one operator; groups by ROWTIME get their closing
 *   PruneColumns    nothing is read that nobody needs
 *   NodeIds         stable names, from what each operator does
 * </pre>
 */
@NullMarked
package io.millrace.sql.rewrite;

import org.jspecify.annotations.NullMarked;
