/**
 * Evaluates expressions over row batches.
 *
 * <p>An {@link io.millrace.runtime.expression.ExpressionEngine} turns a condition and a list of {@link
 * io.millrace.plan.expression.Expression}s into a {@link io.millrace.runtime.expression.BatchProjection}. There
 * are two engines with one meaning: {@link io.millrace.runtime.expression.InterpretedExpressions} walks the tree
 * for each row over ordinary Java objects and is there to be obviously right; {@link
 * io.millrace.runtime.expression.CompiledExpressions} writes a class for the expressions and is there to be
 * fast. A seeded test holds one against the other.
 *
 * <p>Who computes a function is said by its {@link io.millrace.plan.expression.FunctionKind}: each kind has a class that knows
 * the types, one that interprets, and one that writes code for those functions of it for which that pays.
 *
 * <p>What both agree on beyond {@link io.millrace.plan.expression.ScalarFunction}:
 *
 * <ul>
 *   <li>AND, OR and CASE are lazy, from left to right, what is dear behind what is cheap and cannot fail: AND stops at the
 *       first FALSE, OR at the first TRUE, CASE at the first condition that is TRUE. What is not evaluated cannot fail. All other calls evaluate all
 *       their arguments, from left to right, even where one is NULL.
 *   <li>A row fails with the error of the first failing expression: the condition, then the outputs in order.
 *   <li>NaN equals itself and is greater than all other numbers; 0 and −0 are equal, as in PostgreSQL.
 *   <li>Arithmetic on doubles is IEEE's, but division by zero is an error; so is a mathematical function that
 *       gives no finite number for finite arguments.
 *   <li>A decimal that does not fit its scale is rounded half away from zero, a number cast to an integer type
 *       is truncated towards zero, a time cast to fewer digits is rounded down.
 * </ul>
 */
@NullMarked
package io.millrace.runtime.expression;

import org.jspecify.annotations.NullMarked;
