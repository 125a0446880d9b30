package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import java.util.List;

/** Writes comparisons of two values. */
final class ComparisonWriter {

    private final ExpressionWriter writer;
    private final Conversion conversion;

    ComparisonWriter(ExpressionWriter writer) {
        this.writer = writer;
        this.conversion = new Conversion(writer.body);
    }

    Code call(Call call, List<Code> arguments) {
        return switch (call.function()) {
            case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> distinct(call, arguments);
            default -> compare(call, arguments);
        };
    }

    private Code compare(Call call, List<Code> arguments) {
        Code left = arguments.get(0);
        Code right = arguments.get(1);
        String value = value(call.function(), left, right);
        return isPrimitive(left) && isPrimitive(right) && !scaled(left, right)
                ? writer.total(DataType.BOOLEAN, arguments, value)
                : writer.strict(DataType.BOOLEAN, arguments, value);
    }

    private static boolean isPrimitive(Code code) {
        return code.form() != Form.BIG && code.form() != Form.BYTES && code.form() != Form.OBJECT;
    }

    private static boolean scaled(Code left, Code right) {
        return Digits.scale(left.type()) != Digits.scale(right.type());
    }

    private Code distinct(Call call, List<Code> arguments) {
        Code left = arguments.get(0);
        Code right = arguments.get(1);
        boolean negated = call.function() == ScalarFunction.IS_NOT_DISTINCT_FROM;
        Code result = Code.of(DataType.BOOLEAN, writer.body.name("v"), null);
        String eitherNull = Code.anyNull(arguments);
        String same = value(ScalarFunction.EQUAL, left, right);
        String known = (negated ? "" : "!") + "(" + same + ")";
        if (eitherNull == null) {
            writer.scope.line("final boolean " + result.value() + " = " + known + ";");
            return result;
        }
        String leftNull = left.isNull() == null ? "false" : left.isNull();
        String rightNull = right.isNull() == null ? "false" : right.isNull();
        writer.scope.line("final boolean " + result.value() + " = " + eitherNull + " ? " + leftNull
                + (negated ? " == " : " != ") + rightNull + " : " + known + ";");
        return result;
    }

    private String value(ScalarFunction function, Code left, Code right) {
        if (Types.isNumber(left.type()) && Types.isNumber(right.type())) {
            return numbers(function, left, right);
        }
        return switch (left.form()) {
            case BOOLEAN ->
                isEquality(function)
                        ? left.value() + operator(function) + right.value()
                        : "Boolean.compare(" + left.value() + ", " + right.value() + ")" + operator(function) + "0";
            case BYTES -> bytes(function, left, right);
            case OBJECT -> "Comparison.compare(" + left.value() + ", " + right.value() + ")" + operator(function) + "0";
            default -> left.value() + operator(function) + right.value();
        };
    }

    private static String bytes(ScalarFunction function, Code left, Code right) {
        String arguments = "(" + left.arguments() + ", " + right.arguments() + ")";
        return switch (function) {
            case EQUAL -> "Text.equal" + arguments;
            case NOT_EQUAL -> "!Text.equal" + arguments;
            default -> "Text.compare" + arguments + operator(function) + "0";
        };
    }

    private String numbers(ScalarFunction function, Code left, Code right) {
        if (Types.isFloating(left.type()) || Types.isFloating(right.type())) {
            return floating(function, conversion.asDouble(left), conversion.asDouble(right));
        }
        if (left.form() != Form.BIG && right.form() != Form.BIG) {
            int scale = Math.max(Digits.scale(left.type()), Digits.scale(right.type()));
            String a = raised(left, scale);
            String b = raised(right, scale);
            if (a != null && b != null) {
                return a + operator(function) + b;
            }
        }
        return conversion.asBig(left) + ".compareTo(" + conversion.asBig(right) + ")" + operator(function) + "0";
    }

    /** Returns an unscaled value with more zeros, or null where it may not fit a long. */
    private static @org.jspecify.annotations.Nullable String raised(Code code, int scale) {
        int zeros = scale - Digits.scale(code.type());
        if (zeros == 0) {
            return code.value();
        }
        return Digits.precision(code.type()) + zeros <= 18
                ? "(" + Conversion.asLong(code) + " * Decimals.power(" + zeros + "))"
                : null;
    }

    /** NaN is equal to itself and greater than all else, which a constant on the right makes simpler. */
    private static String floating(ScalarFunction function, String left, String right) {
        String both = "(" + left + ", " + right + ")";
        return switch (function) {
            case EQUAL -> "Numbers.equal" + both;
            case NOT_EQUAL -> "!Numbers.equal" + both;
            case LESS -> "Numbers.less" + both;
            case GREATER_OR_EQUAL -> "!Numbers.less" + both;
            case GREATER -> "Numbers.less(" + right + ", " + left + ")";
            default -> "!Numbers.less(" + right + ", " + left + ")";
        };
    }

    private static boolean isEquality(ScalarFunction function) {
        return function == ScalarFunction.EQUAL || function == ScalarFunction.NOT_EQUAL;
    }

    private static String operator(ScalarFunction function) {
        return switch (function) {
            case EQUAL -> " == ";
            case NOT_EQUAL -> " != ";
            case LESS -> " < ";
            case LESS_OR_EQUAL -> " <= ";
            case GREATER -> " > ";
            default -> " >= ";
        };
    }
}
