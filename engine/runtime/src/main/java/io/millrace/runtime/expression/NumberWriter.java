package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes arithmetic: over double, over long, over unscaled longs, and over BigDecimal for the rest. */
final class NumberWriter {

    private final ExpressionWriter writer;
    private final Conversion conversion;

    NumberWriter(ExpressionWriter writer) {
        this.writer = writer;
        this.conversion = new Conversion(writer.body);
    }

    @Nullable
    Code call(Call call, List<Code> arguments) {
        boolean floating = Types.isFloating(call.type());
        boolean integers = Conversion.isInteger(call.type());
        for (Code argument : arguments) {
            if (!Types.isNumber(argument.type())) {
                return null;
            }
            floating |= Types.isFloating(argument.type());
            integers &= Conversion.isInteger(argument.type());
        }
        String value =
                floating ? floating(call, arguments) : integers ? integers(call, arguments) : decimals(call, arguments);
        return value == null ? null : writer.strict(call.type(), arguments, value);
    }

    private @Nullable String floating(Call call, List<Code> arguments) {
        String a = conversion.asDouble(arguments.get(0));
        String b = arguments.size() > 1 ? conversion.asDouble(arguments.get(1)) : "0d";
        boolean one = arguments.size() == 1;
        String value = switch (call.function()) {
            case PLUS -> a + " + " + b;
            case MINUS -> a + " - " + b;
            case MULTIPLY -> a + " * " + b;
            case DIVIDE -> "Numbers.divide(" + a + ", " + b + ")";
            case MOD -> "Numbers.remainder(" + a + ", " + b + ")";
            case NEGATE -> "-" + a;
            case ABS -> "Math.abs(" + a + ")";
            case SIGN -> "Math.signum(" + a + ")";
            case FLOOR -> "Math.floor(" + a + ")";
            case CEIL -> "Math.ceil(" + a + ")";
            case ROUND -> one ? "Numbers.round(" + a + ")" : null;
            case TRUNCATE -> one ? "Numbers.truncate(" + a + ")" : null;
            case STEP -> "Numbers.step(" + a + ", " + b + ")";
            case SQRT, CBRT, EXP, SIN, COS, TAN, ASIN, ACOS, ATAN, TANH ->
                proper(call.function().name().toLowerCase(java.util.Locale.ROOT), a);
            case SINH -> "Math.sinh(" + a + ")";
            case COSH -> "Math.cosh(" + a + ")";
            case LN -> proper("log", a);
            case LOG10 -> proper("log10", a);
            case POWER -> "Numbers.proper(Math.pow(" + a + ", " + b + "), " + a + ", " + b + ")";
            case ATAN2 -> "Numbers.proper(Math.atan2(" + a + ", " + b + "), " + a + ", " + b + ")";
            case WIDTH_BUCKET ->
                "Numbers.widthBucket(" + a + ", " + b + ", " + conversion.asDouble(arguments.get(2)) + ", "
                        + Conversion.asLong(arguments.get(3)) + ")";
            default -> null;
        };
        return value == null ? null : conversion.ofDouble("(" + value + ")", call.type());
    }

    private static String proper(String function, String argument) {
        return "Numbers.proper(Math." + function + "(" + argument + "), " + argument + ")";
    }

    private @Nullable String integers(Call call, List<Code> arguments) {
        String a = Conversion.asLong(arguments.get(0));
        String b = arguments.size() > 1 ? Conversion.asLong(arguments.get(1)) : "0L";
        boolean small = arguments.stream().noneMatch(argument -> argument.form() == Form.LONG);
        String both = "(" + a + ", " + b + ")";
        String value = switch (call.function()) {
            case PLUS -> small ? "(" + a + " + " + b + ")" : "Numbers.add" + both;
            case MINUS -> small ? "(" + a + " - " + b + ")" : "Numbers.subtract" + both;
            case MULTIPLY -> small ? "(" + a + " * " + b + ")" : "Numbers.multiply" + both;
            case DIVIDE -> "Numbers.divide" + both;
            case MOD -> "Numbers.remainder" + both;
            case NEGATE -> "Numbers.negate(" + a + ")";
            case ABS -> "Numbers.abs(" + a + ")";
            case SIGN -> "(long) Long.signum(" + a + ")";
            case FLOOR, CEIL -> a;
            case ROUND, TRUNCATE -> arguments.size() == 1 ? a : null;
            case STEP -> "Numbers.step" + both;
            case GREATEST -> chained("Math.max", arguments);
            case LEAST -> chained("Math.min", arguments);
            case BITAND -> "(" + a + " & " + b + ")";
            case BITOR -> "(" + a + " | " + b + ")";
            case BITXOR -> "(" + a + " ^ " + b + ")";
            case BITNOT -> "(~" + a + ")";
            case SHIFT_LEFT -> "Numbers.shiftLeft(" + a + ", " + b + ", " + bits(call) + ")";
            case SHIFT_RIGHT -> "Numbers.shiftRight(" + a + ", " + b + ", " + bits(call) + ")";
            default -> null;
        };
        return value == null ? null : conversion.ofLong(value, call.type());
    }

    private static int bits(Call call) {
        return ((DataType.IntegerType) call.type()).bits();
    }

    private static String chained(String function, List<Code> arguments) {
        String value = Conversion.asLong(arguments.get(0));
        for (Code argument : arguments.subList(1, arguments.size())) {
            value = function + "(" + value + ", " + Conversion.asLong(argument) + ")";
        }
        return value;
    }

    private @Nullable String decimals(Call call, List<Code> arguments) {
        String quick = shortDecimals(call, arguments);
        if (quick != null) {
            return quick;
        }
        String a = conversion.asBig(arguments.get(0));
        String b = arguments.size() > 1 ? conversion.asBig(arguments.get(1)) : "";
        String value = switch (call.function()) {
            case PLUS -> a + ".add(" + b + ")";
            case MINUS -> a + ".subtract(" + b + ")";
            case MULTIPLY -> a + ".multiply(" + b + ")";
            case DIVIDE ->
                call.type() instanceof DecimalType type
                        ? "Decimals.quotient(" + a + ", " + b + ", " + type.scale() + ")"
                        : null;
            case MOD -> "Decimals.remainder(" + a + ", " + b + ")";
            case NEGATE -> a + ".negate()";
            case ABS -> a + ".abs()";
            case SIGN -> "java.math.BigDecimal.valueOf((long) " + a + ".signum())";
            case FLOOR -> a + ".setScale(0, java.math.RoundingMode.FLOOR)";
            case CEIL -> a + ".setScale(0, java.math.RoundingMode.CEILING)";
            default -> null;
        };
        if (value == null) {
            return null;
        }
        return Form.of(call.type()) == Form.BIG && alwaysFits(call, arguments)
                ? value
                : conversion.ofBig(value, call.type());
    }

    /** Returns whether all results are of the type's scale and have no more digits than it, which takes time to find out. */
    private static boolean alwaysFits(Call call, List<Code> arguments) {
        boolean exact = call.type() instanceof DecimalType
                && arguments.size() == 2
                && arguments.stream()
                        .allMatch(code -> code.type() instanceof DecimalType || Conversion.isInteger(code.type()));
        if (!exact) {
            return false;
        }
        DataType left = arguments.get(0).type();
        DataType right = arguments.get(1).type();
        int common = Math.max(Digits.scale(left), Digits.scale(right));
        return switch (call.function()) {
            case MULTIPLY ->
                Digits.scale(left) + Digits.scale(right) == Digits.scale(call.type())
                        && Digits.precision(left) + Digits.precision(right) <= Digits.precision(call.type());
            case PLUS, MINUS ->
                common == Digits.scale(call.type())
                        && Math.max(integerDigits(left), integerDigits(right)) + 1 + common
                                <= Digits.precision(call.type());
            default -> false;
        };
    }

    /** Writes what stays below 10^18 all the way in long. */
    private static @Nullable String shortDecimals(Call call, List<Code> arguments) {
        boolean fits = arguments.size() == 2
                && call.type() instanceof DecimalType
                && Form.of(call.type()) == Form.LONG
                && arguments.stream().allMatch(argument -> Digits.precision(argument.type()) <= 18);
        if (!fits) {
            return null;
        }
        DataType left = arguments.get(0).type();
        DataType right = arguments.get(1).type();
        DecimalType type = (DecimalType) call.type();
        String a = Conversion.asLong(arguments.get(0));
        String b = Conversion.asLong(arguments.get(1));
        return switch (call.function()) {
            case PLUS, MINUS -> {
                int scale = Math.max(Digits.scale(left), Digits.scale(right));
                int digits = Math.max(integerDigits(left), integerDigits(right)) + scale;
                String operator = call.function() == ScalarFunction.PLUS ? " + " : " - ";
                yield digits > 18
                        ? null
                        : Conversion.rescaled(
                                "(" + raised(a, scale - Digits.scale(left)) + operator
                                        + raised(b, scale - Digits.scale(right)) + ")",
                                scale,
                                digits + 1,
                                type);
            }
            case MULTIPLY -> {
                int digits = Digits.precision(left) + Digits.precision(right);
                yield digits > 18
                        ? null
                        : Conversion.rescaled(
                                "(" + a + " * " + b + ")", Digits.scale(left) + Digits.scale(right), digits, type);
            }
            case DIVIDE -> {
                int zeros = type.scale() - Digits.scale(left) + Digits.scale(right);
                yield zeros < 0 || Digits.precision(left) + zeros > 18
                        ? null
                        : "Decimals.check(Decimals.divide(" + raised(a, zeros) + ", " + b + "), " + type.precision()
                                + ")";
            }
            default -> null;
        };
    }

    private static int integerDigits(DataType type) {
        return Digits.precision(type) - Digits.scale(type);
    }

    private static String raised(String value, int zeros) {
        return zeros == 0 ? value : value + " * Decimals.power(" + zeros + ")";
    }
}
