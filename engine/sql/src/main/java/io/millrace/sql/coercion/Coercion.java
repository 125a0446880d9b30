package io.millrace.sql.coercion;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.Expression.Parameter;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import java.util.List;

/** Makes types agree where a function wants it, with casts that the plan shows. */
public final class Coercion {

    private Coercion() {}

    /**
     * Returns the expression as a type. Lengths of text and digits of a second's fraction are of no matter
     * here: only a CAST that the statement writes cuts them.
     */
    public static Expression to(DataType type, Expression expression) {
        if (alike(expression.type(), type)) {
            return expression;
        }
        if (expression instanceof Literal literal) {
            Literal folded = ConstantCasts.fold(literal, type);
            if (folded != null) {
                return folded;
            }
        }
        return new Cast(expression, type, expression.nullable(), false);
    }

    /** Returns the CAST that a statement writes. */
    public static Expression explicit(DataType type, Expression operand, boolean nullable, boolean safe) {
        if (operand.type().equals(type) || (operand instanceof Parameter p && alike(p.type(), type))) {
            return operand;
        }
        if (!safe && operand instanceof Literal literal) {
            Literal folded = ConstantCasts.fold(literal, type);
            if (folded != null) {
                return folded;
            }
        }
        if (widens(operand.type(), type)) {
            return operand;
        }
        return new Cast(operand, type, nullable || operand.nullable(), safe);
    }

    private static boolean widens(DataType from, DataType to) {
        if (from instanceof TimestampType time && to instanceof TimestampType finer) {
            return time.zoned() == finer.zoned() && finer.precision() >= time.precision();
        }
        return from instanceof CharacterType text
                && !text.fixed()
                && to instanceof CharacterType wider
                && !wider.fixed()
                && wider.length() >= text.length();
    }

    /** Returns whether values of both types lie in a column the same way and compare as they lie. */
    public static boolean alike(DataType a, DataType b) {
        if (a.equals(b)) {
            return true;
        }
        return switch (a) {
            case CharacterType x -> b instanceof CharacterType y && !x.fixed() && !y.fixed();
            case TimeType x -> b instanceof TimeType;
            case TimestampType x -> b instanceof TimestampType y && x.zoned() == y.zoned();
            case DataType.BinaryType x -> b instanceof DataType.BinaryType;
            default -> false;
        };
    }

    /** Returns the type that values of all these expressions can be compared in. */
    public static DataType common(List<Expression> expressions) {
        DataType common = expressions.getFirst().type();
        for (Expression expression : expressions) {
            common = common(common, expression.type());
        }
        return common;
    }

    private static DataType common(DataType a, DataType b) {
        if (alike(a, b)) {
            return a;
        }
        if (a instanceof IntegerType x && b instanceof IntegerType y) {
            return x.bits() >= y.bits() ? x : y;
        }
        if (number(a) && number(b)) {
            return a instanceof FloatingType || b instanceof FloatingType
                    ? DataType.DOUBLE
                    : wider(decimal(a), decimal(b));
        }
        if (a instanceof DateType && b instanceof TimestampType) {
            return b;
        }
        if (b instanceof DateType && a instanceof TimestampType) {
            return a;
        }
        if (a instanceof TimestampType x && b instanceof TimestampType y) {
            return x.zoned() ? x : y;
        }
        if (a instanceof CharacterType && b instanceof CharacterType) {
            return DataType.VARCHAR;
        }
        return b instanceof CharacterType ? a : b;
    }

    private static boolean number(DataType type) {
        return type instanceof IntegerType || type instanceof FloatingType || type instanceof DecimalType;
    }

    /** Returns the decimal type that holds every value of an exact number type. */
    public static DecimalType decimal(DataType type) {
        return type instanceof IntegerType integer
                ? new DecimalType(
                        switch (integer.bits()) {
                            case 8 -> 3;
                            case 16 -> 5;
                            case 32 -> 10;
                            default -> 19;
                        },
                        0)
                : (DecimalType) type;
    }

    private static DecimalType wider(DecimalType a, DecimalType b) {
        int scale = Math.max(a.scale(), b.scale());
        int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        return new DecimalType(Math.min(DataType.DECIMAL_PRECISION_MAX, whole + scale), scale);
    }
}
