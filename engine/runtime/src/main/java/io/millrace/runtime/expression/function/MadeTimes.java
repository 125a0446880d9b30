package io.millrace.runtime.expression.function;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import java.time.DateTimeException;
import java.time.LocalDate;

/** Days and times made of their parts. */
public final class MadeTimes {

    /** Years of four digits are read back as they are written. */
    private static final long YEAR_MAX = 9999;

    private static final long MICROS_PER_MINUTE = 60_000_000;

    private MadeTimes() {}

    /**
     * Returns a day, counted from 1970-01-01.
     *
     * @throws RowFailure with {@code INVALID_VALUE} where there is no such day
     */
    public static int day(long year, long month, long day) {
        try {
            if (year < 1 || year > YEAR_MAX) {
                throw new DateTimeException("year");
            }
            return (int) LocalDate.of((int) year, Math.toIntExact(month), Math.toIntExact(day))
                    .toEpochDay();
        } catch (DateTimeException | ArithmeticException e) {
            throw new RowFailure(ErrorCode.INVALID_VALUE, "there is no day " + year + "-" + month + "-" + day);
        }
    }

    /**
     * Returns microseconds of the day.
     *
     * @throws RowFailure with {@code INVALID_VALUE} where there is no such time
     */
    public static long time(long hour, long minute, double seconds) {
        long micros = Double.isNaN(seconds) ? -1 : Math.round(seconds * 1e6);
        boolean valid =
                hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && micros >= 0 && micros < MICROS_PER_MINUTE;
        if (!valid) {
            throw new RowFailure(ErrorCode.INVALID_VALUE, "there is no time " + hour + ":" + minute + ":" + seconds);
        }
        return (hour * 60 + minute) * MICROS_PER_MINUTE + micros;
    }
}
