package io.millrace.plan;

import io.millrace.plan.expression.Expression.Literal;
import io.millrace.spi.type.DataType;
import java.util.List;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

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
 * @param user the user's function that {@link AggregateFunction#USER} stands for, null for the others
 */
public record AggregateCall(
        AggregateFunction function,
        List<Integer> arguments,
        List<Literal> constants,
        List<SortKey> order,
        boolean distinct,
        int filter,
        DataType type,
        boolean nullable,
        @Nullable UserAggregate user) {

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

    /** Creates a call of a function that is built in. */
    public AggregateCall(
            AggregateFunction function,
            List<Integer> arguments,
            List<Literal> constants,
            List<SortKey> order,
            boolean distinct,
            int filter,
            DataType type,
            boolean nullable) {
        this(function, arguments, constants, order, distinct, filter, type, nullable, null);
    }

    /** Creates a call of a user's function. */
    public AggregateCall(
            UserAggregate user,
            List<Integer> arguments,
            boolean distinct,
            int filter,
            DataType type,
            boolean nullable) {
        this(
                AggregateFunction.USER,
                arguments,
                List.of(),
                List.of(),
                distinct,
                filter,
                type,
                nullable,
                Objects.requireNonNull(user));
    }

    /** Returns the name of the function. */
    public String name() {
        return user == null ? function.name() : user.function().name();
    }

    /** What is built in reads as it did before there were users' functions: state is found by it. */
    @Override
    public String toString() {
        return "AggregateCall[function=" + function + ", arguments=" + arguments + ", constants=" + constants
                + ", order="
                + order + ", distinct=" + distinct + ", filter=" + filter + ", type=" + type + ", nullable=" + nullable
                + (user == null ? "" : ", user=" + user) + "]";
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
                nullable,
                user);
    }
}
