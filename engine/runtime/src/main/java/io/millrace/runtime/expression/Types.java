package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;

/** Families of types, and which types are alike. */
final class Types {

    private Types() {}

    static boolean isInterval(DataType type) {
        return type instanceof IntervalType;
    }

    static boolean isMonths(DataType type) {
        return type instanceof IntervalType interval && interval.months();
    }

    /** Tells whether it is a DATE, TIME or TIMESTAMP. */
    static boolean isDateTime(DataType type) {
        return type instanceof DateType || type instanceof TimeType || type instanceof TimestampType;
    }

    static boolean isTemporal(DataType type) {
        return isInterval(type) || isDateTime(type);
    }

    /** Tells whether an argument is about time, so that the function is about times or intervals and not about numbers. */
    static boolean anyTemporal(Call call) {
        return call.arguments().stream().anyMatch(argument -> isTemporal(argument.type()));
    }

    static boolean isZoned(DataType type) {
        return type instanceof TimestampType timestamp && timestamp.zoned();
    }

    static boolean isNumber(DataType type) {
        return type instanceof IntegerType || type instanceof DecimalType || type instanceof FloatingType;
    }

    static boolean isFloating(DataType type) {
        return type instanceof FloatingType;
    }

    static boolean isBoolean(DataType type) {
        return type instanceof BooleanType;
    }

    static boolean isText(DataType type) {
        return type instanceof CharacterType;
    }

    static boolean isBytes(DataType type) {
        return type instanceof CharacterType || type instanceof BinaryType;
    }

    static boolean isInteger(DataType type) {
        return type instanceof IntegerType;
    }

    static boolean isExact(DataType type) {
        return isNumber(type) && !isFloating(type);
    }

    /** Tells whether it is an array of text. */
    static boolean isTexts(DataType type) {
        return type instanceof ArrayType array && isText(array.element());
    }

    /** Tells whether values of both types look the same, but for lengths and precision that were seen to before. */
    static boolean sameForm(DataType left, DataType right) {
        if (left instanceof DecimalType a && right instanceof DecimalType b) {
            return a.scale() == b.scale() && a.storage() == b.storage();
        }
        if (left instanceof TimestampType a && right instanceof TimestampType b) {
            return a.zoned() == b.zoned();
        }
        if (left instanceof ArrayType a && right instanceof ArrayType b) {
            return sameForm(a.element(), b.element());
        }
        if (left instanceof MapType a && right instanceof MapType b) {
            return sameForm(a.entry(), b.entry());
        }
        if (left instanceof RowType a && right instanceof RowType b) {
            boolean same = a.size() == b.size();
            for (int i = 0; same && i < a.size(); i++) {
                same = sameForm(a.field(i).type(), b.field(i).type());
            }
            return same;
        }
        boolean sized = left instanceof CharacterType || left instanceof BinaryType || left instanceof TimeType;
        return sized ? left.getClass() == right.getClass() : left.equals(right);
    }

    /** Tells whether a value of one type can be compared with one of the other. */
    static boolean comparable(DataType left, DataType right) {
        return (isNumber(left) && isNumber(right))
                || sameForm(left, right)
                || (isText(left) && isText(right))
                || (left instanceof BinaryType && right instanceof BinaryType);
    }
}
