package io.millrace.runtime.expression;

import io.millrace.plan.expression.ScalarFunction;
import io.millrace.plan.expression.TimeUnit;
import io.millrace.spi.type.DataType;

/** Says which numbers, times and intervals there is arithmetic of. */
final class ArithmeticSignatures {

    private ArithmeticSignatures() {}

    static boolean accept(CallTypes types) {
        DataType result = types.result();
        DataType first = types.at(0);
        DataType second = types.at(1);
        return switch (types.function()) {
            case PLUS, MINUS -> types.count() == 2 && sum(types.function(), first, second, result);
            case MULTIPLY ->
                types.count() == 2
                        && (types.numbers() || scales(first, second, result) || scales(second, first, result));
            case DIVIDE -> types.count() == 2 && (types.numbers() || scales(first, second, result));
            case NEGATE, ABS ->
                types.count() == 1 && (types.numbers() || (Types.isInterval(first) && first.equals(result)));
            case SIGN ->
                types.count() == 1 && (Types.isNumber(first) || Types.isInterval(first)) && Types.isNumber(result);
            case FLOOR, CEIL -> types.count() == 1 ? types.numbers() : types.count() == 2 && toUnit(types);
            case STEP -> types.count() == 2 && (types.numbers() || stepInTime(first, second, result));
            default -> false;
        };
    }

    private static boolean sum(ScalarFunction function, DataType left, DataType right, DataType result) {
        if (Types.isNumber(result)) {
            return Types.isNumber(left) && Types.isNumber(right);
        }
        if (Types.isInterval(result)) {
            boolean difference =
                    function == ScalarFunction.MINUS && Types.isDateTime(left) && Types.sameForm(left, right);
            return difference || (left.equals(result) && right.equals(result));
        }
        return Types.isDateTime(left)
                && Types.isInterval(right)
                && CastSignatures.accepts(left, result)
                && Types.isDateTime(result);
    }

    private static boolean scales(DataType interval, DataType number, DataType result) {
        return Types.isInterval(interval) && interval.equals(result) && Types.isNumber(number);
    }

    private static boolean stepInTime(DataType value, DataType step, DataType result) {
        return Types.isInterval(step)
                && (Types.isInterval(value) ? value.equals(step) : Types.isDateTime(value))
                && Types.sameForm(value, result);
    }

    private static boolean toUnit(CallTypes types) {
        TimeUnit unit = types.unit(1);
        DataType value = types.at(0);
        if (!TimeSignatures.hasLength(unit) || !Types.sameForm(value, types.result())) {
            return false;
        }
        return Types.isInterval(value)
                ? TimeSignatures.isOfInterval(unit, Types.isMonths(value))
                : Types.isDateTime(value);
    }
}
