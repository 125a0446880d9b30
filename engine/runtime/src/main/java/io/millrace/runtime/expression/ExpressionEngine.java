package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.UserFunction;
import io.millrace.spi.function.FunctionClasses;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes expressions executable. Safe for concurrent use; what it returns is for one thread at a time. */
public interface ExpressionEngine {

    /**
     * Prepares a filter and projection.
     *
     * @param input type of the rows that the expressions' columns refer to
     * @param condition BOOLEAN; rows pass for which it is TRUE; null for all rows
     * @param outputs one expression per field of {@code outputType}, stored as that field is
     * @throws io.millrace.spi.error.MillraceException with {@code UNSUPPORTED} where a function has no meaning
     *     for the types it is called with, and {@code INVALID_ARGUMENT} where a constant pattern is malformed
     */
    BatchProjection projection(
            RowType input, @Nullable Expression condition, List<Expression> outputs, RowType outputType);

    /**
     * Prepares a user's aggregate function.
     *
     * @param arguments columns of the rows, of the types of its parameters
     * @param input type of the rows
     */
    UserAggregation aggregation(UserFunction function, List<Integer> arguments, RowType input);

    /** Returns where users' functions are found. */
    FunctionClasses functions();

    /** Prepares a filter: the rows keep their type and columns. */
    BatchProjection filter(RowType input, Expression condition);
}
