package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.expression.function.Comparison;
import io.millrace.runtime.expression.function.Hyperbolic;
import io.millrace.runtime.expression.function.Numbers;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Numbers: exact ones as BigDecimal, the others as double, fitted to the type of the call at the end. */
final class InterpretedNumbers {

    /** No number of ours has as many digits on either side of its point. */
    private static final long PLACES_MAX = 400;

    private InterpretedNumbers() {}

    static Object call(Call call, @Nullable Object[] values) {
        boolean floating = Types.isFloating(call.type());
        for (Expression argument : call.arguments()) {
            floating |= Types.isFloating(argument.type());
        }
        if (call.function() == ScalarFunction.WIDTH_BUCKET) {
            return number(bucket(values, floating), call.type());
        }
        Number first = (Number) Objects.requireNonNull(values[0]);
        Number second = values.length > 1 ? (Number) Objects.requireNonNull(values[1]) : 0;
        Number result = floating
                ? floating(call.function(), first.doubleValue(), second, values.length > 1)
                : exact(call, Comparison.decimal(first), Comparison.decimal(second));
        return number(result, call.type());
    }

    private static Number bucket(@Nullable Object[] values, boolean floating) {
        Number place = (Number) Objects.requireNonNull(values[0]);
        Number low = (Number) Objects.requireNonNull(values[1]);
        Number high = (Number) Objects.requireNonNull(values[2]);
        long count = ((Number) Objects.requireNonNull(values[3])).longValue();
        return floating
                ? Numbers.widthBucket(place.doubleValue(), low.doubleValue(), high.doubleValue(), count)
                : bucket(Comparison.decimal(place), Comparison.decimal(low), Comparison.decimal(high), count);
    }

    private static BigDecimal bucket(BigDecimal place, BigDecimal low, BigDecimal high, long count) {
        BigDecimal width = high.subtract(low);
        Numbers.checkBuckets(width.signum() == 0, count);
        BigDecimal from = place.subtract(low);
        if (from.signum() * width.signum() < 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal parts = BigDecimal.valueOf(count);
        boolean behind = from.abs().compareTo(width.abs()) >= 0;
        BigDecimal before = behind ? parts : from.multiply(parts).divide(width, 0, RoundingMode.DOWN);
        return before.add(BigDecimal.ONE);
    }

    private static BigDecimal exact(Call call, BigDecimal left, BigDecimal right) {
        return switch (call.function()) {
            case PLUS -> left.add(right);
            case MINUS -> left.subtract(right);
            case MULTIPLY -> left.multiply(right);
            case DIVIDE -> quotient(left, right, call.type());
            case MOD -> left.remainder(divisor(right));
            case NEGATE -> left.negate();
            case ABS -> left.abs();
            case SIGN -> BigDecimal.valueOf(left.signum());
            case FLOOR -> left.setScale(0, RoundingMode.FLOOR);
            case CEIL -> left.setScale(0, RoundingMode.CEILING);
            case ROUND -> scaled(left, right, RoundingMode.HALF_UP);
            case TRUNCATE -> scaled(left, right, RoundingMode.DOWN);
            case STEP -> left.divide(step(right), 0, RoundingMode.FLOOR).multiply(right);
            default -> InterpretedIntegers.call(call, left, right);
        };
    }

    private static BigDecimal quotient(BigDecimal left, BigDecimal right, DataType type) {
        return type instanceof DecimalType decimal
                ? left.divide(divisor(right), decimal.scale(), RoundingMode.HALF_UP)
                : left.divide(divisor(right), 0, RoundingMode.DOWN);
    }

    static BigDecimal divisor(BigDecimal value) {
        if (value.signum() == 0) {
            throw new RowFailure(ErrorCode.DIVISION_BY_ZERO, "division by zero");
        }
        return value;
    }

    private static BigDecimal step(BigDecimal value) {
        if (divisor(value).signum() < 0) {
            throw new RowFailure(ErrorCode.INVALID_ARGUMENT, "negative step");
        }
        return value;
    }

    private static BigDecimal scaled(BigDecimal value, BigDecimal digits, RoundingMode mode) {
        int places = places(digits);
        return places >= value.scale() ? value : value.setScale(places, mode);
    }

    /** Returns digits after the point, cut to where more make no difference. */
    private static int places(Number digits) {
        return (int) Math.max(-PLACES_MAX, Math.min(PLACES_MAX, digits.longValue()));
    }

    private static Number floating(ScalarFunction function, double left, Number second, boolean binary) {
        double right = second.doubleValue();
        return switch (function) {
            case PLUS -> left + right;
            case MINUS -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> left / divisor(right);
            case MOD -> left % divisor(right);
            case NEGATE -> -left;
            case ABS -> Math.abs(left);
            case SIGN -> Math.signum(left);
            case FLOOR -> Math.floor(left);
            case CEIL -> Math.ceil(left);
            case ROUND -> rounded(left, binary ? places(second) : 0, RoundingMode.HALF_UP);
            case TRUNCATE -> rounded(left, binary ? places(second) : 0, RoundingMode.DOWN);
            case STEP -> Math.floor(left / step(right)) * right;
            case SQRT -> proper(Math.sqrt(left), left, 0);
            case EXP -> proper(Math.exp(left), left, 0);
            case LN -> proper(Math.log(left), left, 0);
            case LOG10 -> proper(Math.log10(left), left, 0);
            case POWER -> proper(Math.pow(left, right), left, right);
            case SIN -> proper(Math.sin(left), left, 0);
            case COS -> proper(Math.cos(left), left, 0);
            case TAN -> proper(Math.tan(left), left, 0);
            case ASIN -> proper(Math.asin(left), left, 0);
            case ACOS -> proper(Math.acos(left), left, 0);
            case ATAN -> proper(Math.atan(left), left, 0);
            case ATAN2 -> proper(Math.atan2(left, right), left, right);
            case CBRT -> proper(Math.cbrt(left), left, 0);
            case COT -> 1 / Math.tan(left);
            case SINH -> Math.sinh(left);
            case COSH -> Math.cosh(left);
            case TANH -> proper(Math.tanh(left), left, 0);
            case ASINH -> proper(Hyperbolic.asinh(left), left, 0);
            case ACOSH -> proper(Hyperbolic.acosh(left), left, 0);
            case ATANH -> Math.abs(left) == 1 ? left / 0.0 : proper(Hyperbolic.atanh(left), left, 0);
            default -> throw new IllegalStateException(function.name());
        };
    }

    private static double divisor(double value) {
        if (value == 0) {
            throw new RowFailure(ErrorCode.DIVISION_BY_ZERO, "division by zero");
        }
        return value;
    }

    private static double step(double value) {
        if (divisor(value) < 0) {
            throw new RowFailure(ErrorCode.INVALID_ARGUMENT, "negative step");
        }
        return value;
    }

    /** Lets through what is finite, or comes from what is not. */
    private static double proper(double result, double left, double right) {
        if (Double.isFinite(left) && Double.isFinite(right) && !Double.isFinite(result)) {
            throw Double.isNaN(result)
                    ? new RowFailure(ErrorCode.INVALID_ARGUMENT, "argument out of the function's domain")
                    : new RowFailure(ErrorCode.NUMERIC_OVERFLOW, "result out of range of DOUBLE");
        }
        return result;
    }

    private static double rounded(double value, int places, RoundingMode mode) {
        if (!Double.isFinite(value)) {
            return value;
        }
        BigDecimal decimal = BigDecimal.valueOf(value);
        if (places >= decimal.scale()) {
            return value;
        }
        double result = decimal.setScale(places, mode).doubleValue();
        return Math.copySign(result, value);
    }

    /** Fits a number to a type: rounded for a decimal, truncated for an integer. */
    static Object number(Number value, DataType type) {
        return switch (type) {
            case IntegerType t -> integer(value, t);
            case DecimalType t -> SqlText.fit(decimal(value, t), t);
            case FloatingType t when t.bits() == 64 -> floating(value);
            case FloatingType t -> real(value);
            default -> throw new IllegalStateException("number as " + type);
        };
    }

    private static Object integer(Number value, IntegerType type) {
        BigInteger integer = Comparison.isFloating(value) && Double.isFinite(value.doubleValue())
                ? new BigDecimal(value.doubleValue()).toBigInteger()
                : decimal(value, type).toBigInteger();
        if (integer.bitLength() >= type.bits()) {
            throw overflow(value, type);
        }
        if (type.bits() == 64) {
            return integer.longValue();
        }
        return integer.intValue();
    }

    private static BigDecimal decimal(Number value, DataType type) {
        if (value instanceof Float real && Float.isFinite(real)) {
            return new BigDecimal(real.toString());
        }
        if (!Comparison.isFloating(value)) {
            return Comparison.decimal(value);
        }
        if (!Double.isFinite(value.doubleValue())) {
            throw overflow(value, type);
        }
        return BigDecimal.valueOf(value.doubleValue());
    }

    private static Object floating(Number value) {
        return value.doubleValue();
    }

    private static Object real(Number value) {
        float real = value.floatValue();
        if (Float.isInfinite(real) && !(Comparison.isFloating(value) && Double.isInfinite(value.doubleValue()))) {
            throw overflow(value, DataType.REAL);
        }
        return real;
    }

    private static RowFailure overflow(Number value, DataType type) {
        String shown = value instanceof BigDecimal decimal
                ? decimal.round(new MathContext(40)).toString()
                : value.toString();
        return new RowFailure(ErrorCode.NUMERIC_OVERFLOW, shown + " does not fit " + type);
    }
}
