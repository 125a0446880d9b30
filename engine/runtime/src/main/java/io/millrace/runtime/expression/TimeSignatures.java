package io.millrace.runtime.expression;

import io.millrace.plan.expression.TimeUnit;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import org.jspecify.annotations.Nullable;

/** Says which types each function of dates, times, timestamps and intervals is written for. */
final class TimeSignatures {

    private TimeSignatures() {}

    static boolean accept(CallTypes types) {
        int count = types.count();
        DataType result = types.result();
        DataType first = types.at(0);
        return switch (types.function()) {
            case EXTRACT -> count == 2 && extracts(types.unit(0), types.at(1)) && Types.isInteger(result);
            case TIMESTAMP_DIFF ->
                count == 3 && hasLength(types.unit(0)) && types.from(1, Types::isDateTime) && Types.isInteger(result);
            case MAKE_DATE -> count == 3 && types.integersFrom(0) && result instanceof DateType;
            case MAKE_TIME ->
                count == 3
                        && Types.isInteger(first)
                        && Types.isInteger(types.at(1))
                        && types.at(2).equals(DataType.DOUBLE)
                        && result instanceof TimeType;
            case UNIX_MILLIS ->
                count == 1 && (first instanceof DateType || isTimestamp(first)) && Types.isInteger(result);
            case TIMESTAMP_OF_MILLIS -> count == 1 && Types.isInteger(first) && isTimestamp(result);
            case TIMESTAMP_OF_SECONDS -> count == 1 && Types.isNumber(first) && isTimestamp(result);
            case PARSE_TIMESTAMP -> count == 2 && types.texts(2) && isTimestamp(result);
            case FORMAT_TIMESTAMP ->
                count == 2 && Types.isDateTime(first) && Types.isText(types.at(1)) && Types.isText(result);
            case AT_TIME_ZONE -> count == 2 && turns(first, result) && Types.isText(types.at(1));
            default -> false;
        };
    }

    static boolean acceptClock(CallTypes types) {
        DataType result = types.result();
        boolean given = switch (types.function()) {
            case CURRENT_DATE -> result instanceof DateType;
            case CURRENT_TIME -> result instanceof TimeType;
            default -> isTimestamp(result);
        };
        return given && types.count() == 0;
    }

    private static boolean isTimestamp(DataType type) {
        return type instanceof TimestampType;
    }

    private static boolean turns(DataType from, DataType to) {
        return isTimestamp(from) && isTimestamp(to) && Types.isZoned(from) != Types.isZoned(to);
    }

    private static boolean extracts(@Nullable TimeUnit unit, DataType value) {
        if (unit == null || !Types.isTemporal(value)) {
            return false;
        }
        boolean epochOfMicros = unit == TimeUnit.EPOCH && !Types.isMonths(value);
        return !Types.isInterval(value)
                || epochOfMicros
                || (unit != TimeUnit.WEEK && isOfInterval(unit, Types.isMonths(value)));
    }

    /** Tells whether intervals of months, or those of microseconds, are made of the unit. */
    static boolean isOfInterval(@Nullable TimeUnit unit, boolean months) {
        boolean calendar = unit != null && unit.compareTo(TimeUnit.MONTH) >= 0;
        return hasLength(unit) && calendar == months;
    }

    static boolean hasLength(@Nullable TimeUnit unit) {
        return unit != null && unit.compareTo(TimeUnit.MILLENNIUM) <= 0;
    }
}
