/**
 * The functions of the language: Calcite's own where their meaning is ours, and those of Kinesis Analytics
 * and PostgreSQL as a table of names, parameters and the {@link io.millrace.plan.expression.ScalarFunction}
 * that each means.
 *
 * <p>To add a spelling of a function, add a line to {@link io.millrace.sql.function.Builtins}.
 */
@NullMarked
package io.millrace.sql.function;

import org.jspecify.annotations.NullMarked;
