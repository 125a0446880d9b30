package io.millrace.sql.system.query;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Operators of two values. */
final class Operators {

    private Operators() {}

    static Expression comparison(SqlKind kind, Expression a, Expression b) {
        IntPredicate test = test(kind);
        return strict(DataType.BOOLEAN, a, b, (x, y) -> test.test(Values.compare(x, y)));
    }

    static IntPredicate test(SqlKind kind) {
        return switch (kind) {
            case EQUALS -> order -> order == 0;
            case NOT_EQUALS -> order -> order != 0;
            case LESS_THAN -> order -> order < 0;
            case LESS_THAN_OR_EQUAL -> order -> order <= 0;
            case GREATER_THAN -> order -> order > 0;
            case GREATER_THAN_OR_EQUAL -> order -> order >= 0;
            default -> throw new IllegalArgumentException(kind + " compares nothing");
        };
    }

    static boolean compares(SqlKind kind) {
        return SqlKind.COMPARISON.contains(kind);
    }

    static Expression arithmetic(SqlKind kind, Expression a, Expression b) {
        DataType type = Types.common(List.of(a, b));
        DataType result = switch (type) {
            case DecimalType decimal -> new DecimalType(DataType.DECIMAL_PRECISION_MAX, scale(kind, a, b, decimal));
            default -> Types.numeric(type) ? type : DataType.INTEGER;
        };
        return strict(result, a, b, (x, y) -> compute(kind, Values.number(x), Values.number(y), result));
    }

    private static int scale(SqlKind kind, Expression a, Expression b, DecimalType common) {
        int scale = kind == SqlKind.TIMES ? scale(a) + scale(b) : common.scale();
        return Math.min(scale, DataType.DECIMAL_PRECISION_MAX);
    }

    private static int scale(Expression operand) {
        return operand.type() instanceof DecimalType decimal ? decimal.scale() : 0;
    }

    private static Number compute(SqlKind kind, Number a, Number b, DataType type) {
        boolean divides = kind == SqlKind.DIVIDE || kind == SqlKind.MOD;
        if (divides && b.doubleValue() == 0) {
            throw new MillraceException(ErrorCode.DIVISION_BY_ZERO, "division by zero");
        }
        if (type instanceof IntegerType && Values.integral(a) && Values.integral(b)) {
            return compute(kind, a.longValue(), b.longValue());
        }
        return type instanceof FloatingType
                ? (Number) compute(kind, a.doubleValue(), b.doubleValue())
                : compute(kind, new BigDecimal(a.toString()), new BigDecimal(b.toString()));
    }

    private static long compute(SqlKind kind, long a, long b) {
        return switch (kind) {
            case PLUS -> Math.addExact(a, b);
            case MINUS -> Math.subtractExact(a, b);
            case TIMES -> Math.multiplyExact(a, b);
            case DIVIDE -> a / b;
            default -> a % b;
        };
    }

    private static double compute(SqlKind kind, double a, double b) {
        return switch (kind) {
            case PLUS -> a + b;
            case MINUS -> a - b;
            case TIMES -> a * b;
            case DIVIDE -> a / b;
            default -> a % b;
        };
    }

    private static BigDecimal compute(SqlKind kind, BigDecimal a, BigDecimal b) {
        return switch (kind) {
            case PLUS -> a.add(b);
            case MINUS -> a.subtract(b);
            case TIMES -> a.multiply(b);
            case DIVIDE -> a.divide(b, MathContext.DECIMAL64);
            default -> a.remainder(b);
        };
    }

    /** {@code ||} of texts, or of an array and an array or an element. */
    static Expression concatenation(Expression a, Expression b) {
        if (a.type() instanceof ArrayType || b.type() instanceof ArrayType) {
            DataType type = a.type() instanceof ArrayType ? a.type() : b.type();
            return strict(type, a, b, Operators::joined);
        }
        return strict(DataType.VARCHAR, a, b, (x, y) -> Values.text(x) + Values.text(y));
    }

    private static Object joined(Object a, Object b) {
        List<@Nullable Object> all = new ArrayList<>();
        for (Object part : List.of(a, b)) {
            if (part instanceof List<?> list) {
                all.addAll(list);
            } else {
                all.add(part);
            }
        }
        return all;
    }

    static Expression like(Expression text, Expression pattern, boolean anyCase) {
        return strict(
                DataType.BOOLEAN,
                text,
                pattern,
                (x, y) -> Patterns.like(Values.text(y), anyCase)
                        .matcher(Values.text(x))
                        .find());
    }

    static Expression matches(Expression text, Expression pattern, boolean anyCase) {
        return strict(
                DataType.BOOLEAN,
                text,
                pattern,
                (x, y) -> Patterns.regex(Values.text(y), anyCase)
                        .matcher(Values.text(x))
                        .find());
    }

    static Expression not(Expression operand) {
        return new Expression(DataType.BOOLEAN, frame -> Logic.not(operand.value(frame)));
    }

    /** The element of an array, NULL beyond its ends. */
    static Expression item(Expression array, Expression place) {
        int first = Types.isVector(array.type()) ? 0 : 1;
        return strict(Types.element(array.type()), array, place, (x, y) -> {
            List<? extends @Nullable Object> list = Casts.toList(x);
            long index = Values.number(y).longValue() - first;
            return index >= 0 && index < list.size() ? list.get((int) index) : null;
        });
    }

    /** Two values that are not NULL to one. */
    @FunctionalInterface
    interface Binary {
        @Nullable
        Object of(Object a, Object b);
    }

    static Expression strict(DataType type, Expression a, Expression b, Binary operator) {
        return new Expression(type, frame -> {
            Object x = a.value(frame);
            Object y = x == null ? null : b.value(frame);
            return x == null || y == null ? null : operator.of(x, y);
        });
    }
}
