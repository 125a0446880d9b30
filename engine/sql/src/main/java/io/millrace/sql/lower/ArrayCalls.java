package io.millrace.sql.lower;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.function.ArrayFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlOperator;

/** {@link ArrayFunctions} with all elements of one type. */
@SuppressWarnings("ReferenceEquality") // operators are constants
final class ArrayCalls {

    private static final Literal ONE = new Literal(1, DataType.INTEGER);
    private static final Literal ZERO = new Literal(0, DataType.INTEGER);

    private static final Map<SqlOperator, ScalarFunction> FUNCTIONS = Map.ofEntries(
            Map.entry(ArrayFunctions.APPEND, ScalarFunction.ARRAY_APPEND),
            Map.entry(ArrayFunctions.PREPEND, ScalarFunction.ARRAY_PREPEND),
            Map.entry(ArrayFunctions.CAT, ScalarFunction.ARRAY_CAT),
            Map.entry(ArrayFunctions.REMOVE, ScalarFunction.ARRAY_REMOVE),
            Map.entry(ArrayFunctions.REPLACE, ScalarFunction.ARRAY_REPLACE),
            Map.entry(ArrayFunctions.POSITION, ScalarFunction.ARRAY_POSITION),
            Map.entry(ArrayFunctions.POSITIONS, ScalarFunction.ARRAY_POSITIONS),
            Map.entry(ArrayFunctions.FILL, ScalarFunction.ARRAY_FILL),
            Map.entry(ArrayFunctions.CONTAINS_ALL, ScalarFunction.ARRAY_CONTAINS_ALL),
            Map.entry(ArrayFunctions.OVERLAPS, ScalarFunction.ARRAY_OVERLAPS),
            Map.entry(ArrayFunctions.TRIM, ScalarFunction.TRIM_ARRAY),
            Map.entry(ArrayFunctions.SLICE, ScalarFunction.ARRAY_SLICE));

    private ArrayCalls() {}

    static boolean known(SqlOperator operator) {
        return ArrayFunctions.ALL.contains(operator) || operator == ArrayFunctions.EMPTY;
    }

    static Expression lower(SqlOperator operator, List<Expression> arguments, DataType type, boolean nullable) {
        if (operator == ArrayFunctions.EMPTY) {
            return new Call(ScalarFunction.ARRAY, List.of(), type, false);
        }
        ScalarFunction function = FUNCTIONS.get(operator);
        if (function == null) {
            return operator == ArrayFunctions.NULLS || operator == ArrayFunctions.NON_NULLS
                    ? counted(arguments, operator == ArrayFunctions.NULLS)
                    : bound(arguments.get(0), arguments.get(1), operator == ArrayFunctions.LOWER);
        }
        return switch (function) {
            case TRIM_ARRAY, ARRAY_SLICE -> {
                List<Expression> all = new ArrayList<>(arguments.subList(0, 1));
                arguments.subList(1, arguments.size()).forEach(place -> all.add(Coercion.to(DataType.BIGINT, place)));
                yield new Call(function, all, arguments.getFirst().type(), nullable);
            }
            case ARRAY_FILL -> {
                Expression value = Coercion.to(((ArrayType) type).element(), arguments.getFirst());
                yield new Call(function, List.of(value, arguments.get(1)), type, nullable);
            }
            case ARRAY_APPEND, ARRAY_PREPEND, ARRAY_CAT, ARRAY_REMOVE, ARRAY_REPLACE ->
                new Call(function, alike(function, arguments, ((ArrayType) type).element()), type, nullable);
            default -> asked(function, arguments, type, nullable);
        };
    }

    /** What is asked of an array: the type of its elements is that which both can have. */
    private static Expression asked(
            ScalarFunction function, List<Expression> arguments, DataType type, boolean nullable) {
        List<Expression> elements = new ArrayList<>();
        for (Expression argument : arguments.subList(0, 2)) {
            elements.add(argument.type() instanceof ArrayType array ? new Literal(null, array.element()) : argument);
        }
        List<Expression> all = new ArrayList<>(alike(function, arguments.subList(0, 2), Coercion.common(elements)));
        if (arguments.size() > 2) {
            all.add(Coercion.to(DataType.INTEGER, arguments.get(2)));
        }
        return new Call(function, all, type, nullable);
    }

    private static List<Expression> alike(ScalarFunction function, List<Expression> arguments, DataType element) {
        DataType array = new ArrayType(element, true);
        List<Expression> alike = new ArrayList<>();
        for (Expression argument : arguments) {
            boolean whole = isArray(function, alike.size());
            boolean already = whole
                    && argument.type() instanceof ArrayType given
                    && given.element().equals(element);
            alike.add(already ? argument : Coercion.to(whole ? array : element, argument));
        }
        return alike;
    }

    private static boolean isArray(ScalarFunction function, int place) {
        return switch (function) {
            case ARRAY_CAT, ARRAY_CONTAINS_ALL, ARRAY_OVERLAPS -> true;
            case ARRAY_PREPEND -> place == 1;
            default -> place == 0;
        };
    }

    /** The places of an array without elements, and of other dimensions than the first, are NULL. */
    private static Expression bound(Expression array, Expression dimension, boolean lower) {
        Expression size = new Call(ScalarFunction.CARDINALITY, List.of(array), DataType.INTEGER, array.nullable());
        Expression some = new Call(ScalarFunction.GREATER, List.of(size, ZERO), DataType.BOOLEAN, array.nullable());
        Expression first = new Call(
                ScalarFunction.EQUAL,
                List.of(Coercion.to(DataType.INTEGER, dimension), ONE),
                DataType.BOOLEAN,
                dimension.nullable());
        Expression there = new Call(
                ScalarFunction.AND, List.of(first, some), DataType.BOOLEAN, some.nullable() || first.nullable());
        return new Case(
                List.of(new Case.Branch(there, lower ? ONE : size)),
                new Literal(null, DataType.INTEGER),
                DataType.INTEGER,
                true);
    }

    private static Expression counted(List<Expression> arguments, boolean nulls) {
        Expression sum = ZERO;
        for (Expression argument : arguments) {
            Expression isNull = new Call(ScalarFunction.IS_NULL, List.of(argument), DataType.BOOLEAN, false);
            Expression one = new Case(
                    List.of(new Case.Branch(isNull, nulls ? ONE : ZERO)), nulls ? ZERO : ONE, DataType.INTEGER, false);
            sum = sum == ZERO ? one : new Call(ScalarFunction.PLUS, List.of(sum, one), DataType.INTEGER, false);
        }
        return sum;
    }
}
