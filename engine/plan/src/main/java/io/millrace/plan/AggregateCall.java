package io.millrace.plan;

import io.millrace.spi.type.DataType;
import java.util.List;

/**
 * An aggregate function over columns of the input.
 *
 * @param function what is computed
 * @param arguments columns of the input; none for {@code COUNT(*)}
 * @param distinct whether equal arguments count once
 * @param filter BOOLEAN column that says which rows count, or -1 for all
 * @param type type of the result
 * @param nullable whether the result may be NULL
 */
public record AggregateCall(
        AggregateFunction function,
        List<Integer> arguments,
        boolean distinct,
        int filter,
        DataType type,
        boolean nullable) {

    public static final int NO_FILTER = -1;

    public AggregateCall {
        arguments = List.copyOf(arguments);
    }
}
