package io.millrace.runtime.expression.function;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.JavaValues;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Between the primitives of generated code and objects as in {@link JavaValues}, for what is not worth its own code. */
public final class Boxes {

    private Boxes() {}

    /** Returns the failure of a row with NULL where a value must be. */
    public static RowFailure missing(@Nullable Object reason) {
        String text = reason == null ? "" : reason.toString();
        return new RowFailure(ErrorCode.NULL_NOT_ALLOWED, text.isEmpty() ? "NULL where a value must be" : text);
    }

    public static Object truth(boolean value) {
        return value;
    }

    public static Object integer(int value) {
        return value;
    }

    public static Object bigint(long value) {
        return value;
    }

    public static Object real(float value) {
        return value;
    }

    public static Object floating(double value) {
        return value;
    }

    public static Object decimal(long unscaled, int scale) {
        return BigDecimal.valueOf(unscaled, scale);
    }

    public static Object text(byte[] data, int start, int end) {
        return new String(data, start, end - start, StandardCharsets.UTF_8);
    }

    public static Object binary(byte[] data, int start, int end) {
        return Arrays.copyOfRange(data, start, end);
    }

    public static Object date(int day) {
        return LocalDate.ofEpochDay(day);
    }

    public static Object time(long micros) {
        return LocalTime.ofNanoOfDay(micros * 1000);
    }

    public static Object timestamp(long micros) {
        return LocalDateTime.ofInstant(JavaValues.instant(micros), ZoneOffset.UTC);
    }

    public static Object instant(long micros) {
        return JavaValues.instant(micros);
    }

    public static Object months(int months) {
        return Period.ofMonths(months);
    }

    public static Object interval(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    public static boolean toTruth(Object value) {
        return (Boolean) value;
    }

    /** Returns what is stored as int: a number, a date, months. */
    public static int toInt(Object value) {
        return switch (value) {
            case LocalDate date -> Math.toIntExact(date.toEpochDay());
            case Period period -> Math.toIntExact(period.toTotalMonths());
            default -> ((Number) value).intValue();
        };
    }

    /** Returns what is stored as long: a number, a decimal of its scale, a time, microseconds. */
    public static long toLong(Object value) {
        return switch (value) {
            case BigDecimal decimal -> decimal.unscaledValue().longValueExact();
            case LocalTime time -> time.toNanoOfDay() / 1000;
            case LocalDateTime time -> JavaValues.micros(time.toInstant(ZoneOffset.UTC));
            case Instant instant -> JavaValues.micros(instant);
            case Duration duration -> JavaValues.micros(duration);
            default -> ((Number) value).longValue();
        };
    }

    public static float toReal(Object value) {
        return (Float) value;
    }

    public static double toDouble(Object value) {
        return (Double) value;
    }

    public static void toSlice(Object value, Slice out) {
        if (value instanceof String text) {
            out.set(text);
        } else {
            out.set((byte[]) value);
        }
    }
}
