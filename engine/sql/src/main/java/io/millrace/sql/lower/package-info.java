/**
 * Valid queries to operators: Calcite's relational algebra on the way in, {@link io.millrace.plan.PlanNode} on
 * the way out. What is done here is translation; what makes plans better is in {@link
 * io.millrace.sql.rewrite}.
 */
@NullMarked
package io.millrace.sql.lower;

import org.jspecify.annotations.NullMarked;
