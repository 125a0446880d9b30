package io.millrace.runtime.expression;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;

/** Families of types. */
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

    static boolean isZoned(DataType type) {
        return type instanceof TimestampType timestamp && timestamp.zoned();
    }

    static boolean isNumber(DataType type) {
        return type instanceof IntegerType || type instanceof DecimalType || type instanceof FloatingType;
    }

    static boolean isFloating(DataType type) {
        return type instanceof FloatingType;
    }
}
