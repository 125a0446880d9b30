package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Days and times made of their parts. */
final class MadeTimes {

    /** Years of four digits are read back as they are written. */
    private static final long YEAR_MAX = 9999;

    private static final long MICROS_PER_MINUTE = 60_000_000;

    private MadeTimes() {}

    static Object call(Call call, @Nullable Object[] values) {
        long first = number(values[0]).longValue();
        long second = number(values[1]).longValue();
        return call.function() == ScalarFunction.MAKE_DATE
                ? date(first, second, number(values[2]).longValue())
                : time(first, second, number(values[2]).doubleValue());
    }

    private static Number number(@Nullable Object value) {
        return (Number) Objects.requireNonNull(value);
    }

    private static LocalDate date(long year, long month, long day) {
        try {
            if (year < 1 || year > YEAR_MAX) {
                throw new DateTimeException("year");
            }
            return LocalDate.of((int) year, Math.toIntExact(month), Math.toIntExact(day));
        } catch (DateTimeException | ArithmeticException e) {
            throw new RowFailure(ErrorCode.INVALID_VALUE, "there is no day " + year + "-" + month + "-" + day);
        }
    }

    private static LocalTime time(long hour, long minute, double seconds) {
        long micros = Double.isNaN(seconds) ? -1 : Math.round(seconds * 1e6);
        boolean valid =
                hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && micros >= 0 && micros < MICROS_PER_MINUTE;
        if (!valid) {
            throw new RowFailure(ErrorCode.INVALID_VALUE, "there is no time " + hour + ":" + minute + ":" + seconds);
        }
        return LocalTime.ofNanoOfDay(((hour * 60 + minute) * MICROS_PER_MINUTE + micros) * 1000);
    }
}
