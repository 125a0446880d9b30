package io.millrace.plan;

import io.millrace.plan.expression.Expression.Literal;
import io.millrace.spi.type.DataType;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * An aggregate function over columns of the input.
 *
 * @param function what is computed
 * @param arguments columns of the input; none for {@code COUNT(*)}
 * @param constants what the function takes once and not of each row, such as a separator
 * @param order how the function orders the rows of a group, by columns of the input; none for the order in which rows
 *     come
 * @param distinct whether equal arguments count once
 * @param filter BOOLEAN column that says which rows count, or -1 for all
 * @param type type of the result
 * @param nullable whether the result may be NULL
 */
public record AggregateCall(
        AggregateFunction function,
        List<Integer> arguments,
        List<Literal> constants,
        List<SortKey> order,
        boolean distinct,
        int filter,
        DataType type,
        boolean nullable) {

    public static final int NO_FILTER = -1;

    public AggregateCall {
        arguments = List.copyOf(arguments);
        constants = List.copyOf(constants);
        order = List.copyOf(order);
    }

    /** Creates a call that takes no constants and orders nothing. */
    public AggregateCall(
            AggregateFunction function,
            List<Integer> arguments,
            boolean distinct,
            int filter,
            DataType type,
            boolean nullable) {
        this(function, arguments, List.of(), List.of(), distinct, filter, type, nullable);
    }

    /** Returns the same call where the columns of the input are in other places. */
    public AggregateCall moved(IntUnaryOperator place) {
        return new AggregateCall(
                function,
                arguments.stream().map(place::applyAsInt).toList(),
                constants,
                order.stream()
                        .map(key -> new SortKey(place.applyAsInt(key.column()), key.descending(), key.nullsFirst()))
                        .toList(),
                distinct,
                filter == NO_FILTER ? NO_FILTER : place.applyAsInt(filter),
                type,
                nullable);
    }
}
