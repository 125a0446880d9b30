package io.millrace.jdbc;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.concurrent.TimeUnit;

/**
 * Cells that came as bits of fixed width: truth values, numbers, dates and times. PostgreSQL counts days and
 * microseconds from the year 2000. {@link #text} is what the server would have written.
 */
final class FixedWidth {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MILLIS_PER_SECOND = 1000;
    private static final long MICROS_PER_DAY = TimeUnit.DAYS.toMicros(1);
    private static final int DAYS_TO_2000 = 10_957;
    private static final long SECONDS_TO_2000 = TimeUnit.DAYS.toSeconds(DAYS_TO_2000);

    /** Least decimal exponent at which a number is written with one. */
    private static final int DOUBLE_EXPONENT_MIN = 15;

    private static final int REAL_EXPONENT_MIN = 6;

    private FixedWidth() {}

    static LocalDate date(long bits) {
        return LocalDate.ofEpochDay(bits + DAYS_TO_2000);
    }

    static LocalTime time(long bits) {
        return LocalTime.ofNanoOfDay(TimeUnit.MICROSECONDS.toNanos(bits));
    }

    static LocalDateTime timestamp(long bits) {
        return LocalDateTime.ofEpochSecond(epochSecond(bits), nanos(bits), ZoneOffset.UTC);
    }

    /**
     * Returns what {@link Timestamp#valueOf(LocalDateTime)} gives, without a calendar where the zone's clocks leave no
     * doubt. Before 1970 they might: calendars know the Julian one and local mean times.
     */
    static Timestamp timestamp(long bits, ZoneId zone) {
        LocalDateTime wallClock = timestamp(bits);
        ZoneRules rules = zone.getRules();
        if (bits >= -SECONDS_TO_2000 * MICROS_PER_SECOND) {
            ZoneOffset offset = rules.getOffset(wallClock);
            if (rules.isFixedOffset() || rules.getTransition(wallClock) == null) {
                Timestamp value = new Timestamp((epochSecond(bits) - offset.getTotalSeconds()) * MILLIS_PER_SECOND);
                value.setNanos(nanos(bits));
                return value;
            }
        }
        return Timestamp.valueOf(wallClock);
    }

    /** Returns the seconds since 1970 that a timestamp's wall clock shows. */
    private static long epochSecond(long bits) {
        return Math.floorDiv(bits, MICROS_PER_SECOND) + SECONDS_TO_2000;
    }

    private static int nanos(long bits) {
        return (int) TimeUnit.MICROSECONDS.toNanos(Math.floorMod(bits, MICROS_PER_SECOND));
    }

    static String text(SqlType type, long bits) {
        switch (type) {
            case BOOLEAN:
                return bits == 0 ? "f" : "t";
            case REAL:
                float real = Float.intBitsToFloat((int) bits);
                return floating(real, Float.toString(real), REAL_EXPONENT_MIN);
            case DOUBLE:
                double value = Double.longBitsToDouble(bits);
                return floating(value, Double.toString(value), DOUBLE_EXPONENT_MIN);
            case DATE:
                return withEra(date(bits), "");
            case TIME:
                return clock(bits);
            case TIMESTAMP:
                return withEra(
                        date(Math.floorDiv(bits, MICROS_PER_DAY)), " " + clock(Math.floorMod(bits, MICROS_PER_DAY)));
            default:
                return Long.toString(bits);
        }
    }

    /** Takes the digits and the exponent out of Java's form, {@code 1.5E-7}, and sets them anew. */
    private static String floating(double value, String javaForm, int exponentMin) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return javaForm;
        }
        if (value == 0) {
            return 1 / value > 0 ? "0" : "-0";
        }
        BigDecimal exact = new BigDecimal(javaForm).stripTrailingZeros();
        String digits = exact.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - exact.scale();
        if (exponent >= -4 && exponent < exponentMin) {
            return exact.toPlainString();
        }
        StringBuilder text = new StringBuilder(exact.signum() < 0 ? "-" : "").append(digits.charAt(0));
        if (digits.length() > 1) {
            text.append('.').append(digits, 1, digits.length());
        }
        text.append(exponent < 0 ? "e-" : "e+");
        digits(Math.abs(exponent), 2, text);
        return text.toString();
    }

    private static String withEra(LocalDate date, String clock) {
        int year = date.getYear();
        StringBuilder text = new StringBuilder(32);
        digits(year > 0 ? year : 1L - year, 4, text);
        digits(date.getMonthValue(), 2, text.append('-'));
        digits(date.getDayOfMonth(), 2, text.append('-'));
        return text.append(clock).append(year > 0 ? "" : " BC").toString();
    }

    private static String clock(long micros) {
        long seconds = micros / MICROS_PER_SECOND;
        StringBuilder text = new StringBuilder(16);
        digits(seconds / 3600, 2, text);
        digits(seconds / 60 % 60, 2, text.append(':'));
        digits(seconds % 60, 2, text.append(':'));
        long fraction = micros % MICROS_PER_SECOND;
        if (fraction != 0) {
            digits(fraction, 6, text.append('.'));
            int end = text.length();
            while (text.charAt(end - 1) == '0') {
                end--;
            }
            text.setLength(end);
        }
        return text.toString();
    }

    private static void digits(long number, int least, StringBuilder text) {
        String digits = Long.toString(number);
        text.append("000000", 0, Math.max(0, least - digits.length())).append(digits);
    }
}
