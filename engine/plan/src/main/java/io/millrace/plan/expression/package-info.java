/**
 * Expressions over the fields of one row. What a {@link io.millrace.plan.expression.ScalarFunction} means is
 * said where it is listed; the runtime's compiler and its interpreter both follow that.
 */
@NullMarked
package io.millrace.plan.expression;

import org.jspecify.annotations.NullMarked;
