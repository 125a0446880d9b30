/**
 * The physical plan as plain values: what a query does, free of how it was planned and of how it runs.
 *
 * <p>A {@link io.millrace.plan.PlanNode} is one operator. It has a stable id: the state of a running query
 * is stored under it, so that a changed query keeps the state of what did not change. Expressions live
 * in {@link io.millrace.plan.expression}. {@link io.millrace.plan.Plan} is a whole query.
 */
@NullMarked
package io.millrace.plan;

import org.jspecify.annotations.NullMarked;
