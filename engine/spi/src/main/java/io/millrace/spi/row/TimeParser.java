package io.millrace.spi.row;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;

/**
 * Reads dates, times and timestamps: {@code 2026-01-31}, {@code 13:45[:01[.123456]]}, both with a blank or T
 * between, an optional offset ({@code Z}, {@code +02}, {@code +02:00}) and an optional {@code BC}. Digits after
 * the sixth of a fraction are dropped.
 */
final class TimeParser {

    private static final String INFINITY = "infinity";
    private static final int NO_OFFSET = Integer.MIN_VALUE;

    private final byte[] text;
    private final int from;
    private final int to;
    private final String wanted;
    private int at;
    private int end;
    private boolean beforeOurEra;

    private TimeParser(byte[] text, int from, int to, String wanted) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.wanted = wanted;
        this.at = Blanks.start(text, from, to);
        this.end = Blanks.end(text, at, to);
        if (end - at > 3 && text[end - 1] == 'C' && text[end - 2] == 'B' && text[end - 3] == ' ') {
            beforeOurEra = true;
            end = Blanks.end(text, at, end - 2);
        }
        if (end - at >= INFINITY.length() && (text[end - 1] | ' ') == 'y') {
            refuseInfinity();
        }
    }

    /** PostgreSQL has days and times before and after all others; there is no room for them here. */
    private void refuseInfinity() {
        String value = new String(text, at, end - at, StandardCharsets.UTF_8);
        if (value.toLowerCase(Locale.ROOT).matches("[+-]?" + INFINITY)) {
            throw new RowFailure(
                    ErrorCode.INVALID_VALUE,
                    NumberText.quoted(text, from, to) + " is not supported: each date and timestamp is finite here");
        }
    }

    static int date(byte[] text, int from, int to) {
        TimeParser parser = new TimeParser(text, from, to, "a date");
        long day = parser.day();
        if (parser.at < parser.end) {
            parser.dayEnd();
            parser.clock();
            parser.offset();
            parser.finish();
        }
        if ((int) day != day) {
            throw parser.outOfRange();
        }
        return (int) day;
    }

    static long time(byte[] text, int from, int to) {
        TimeParser parser = new TimeParser(text, from, to, "a time");
        long micros = parser.clock();
        parser.finish();
        if (micros == TimeText.MICROS_PER_DAY) {
            throw new RowFailure(
                    ErrorCode.INVALID_VALUE,
                    NumberText.quoted(text, from, to) + " is the end of a day, and a TIME is before that");
        }
        return micros;
    }

    /** Reads a wall clock reading. One with an offset is taken to UTC. */
    static long timestamp(byte[] text, int from, int to) {
        return new TimeParser(text, from, to, "a timestamp").timestamp(null);
    }

    /** Reads an instant. One without an offset is a wall clock reading of the zone. */
    static long instant(byte[] text, int from, int to, ZoneId zone) {
        return new TimeParser(text, from, to, "a timestamp").timestamp(zone);
    }

    private long timestamp(@org.jspecify.annotations.Nullable ZoneId zone) {
        long day = day();
        long micros = 0;
        int offset = NO_OFFSET;
        if (at < end) {
            dayEnd();
            micros = clock();
            offset = offset();
            finish();
        }
        try {
            long local = Math.addExact(Math.multiplyExact(day, TimeText.MICROS_PER_DAY), micros);
            if (offset == NO_OFFSET && zone != null) {
                offset = zone.getRules().getOffset(localDateTime(local)).getTotalSeconds();
            }
            return offset == NO_OFFSET ? local : Math.subtractExact(local, offset * TimeText.MICROS_PER_SECOND);
        } catch (ArithmeticException e) {
            throw outOfRange();
        }
    }

    private static LocalDateTime localDateTime(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, TimeText.MICROS_PER_SECOND),
                (int) Math.floorMod(micros, TimeText.MICROS_PER_SECOND) * 1000,
                java.time.ZoneOffset.UTC);
    }

    private long day() {
        int year = number(4, 9);
        separator('-');
        int month = number(1, 2);
        separator('-');
        int day = number(1, 2);
        try {
            return LocalDate.of(beforeOurEra ? 1 - year : year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            throw invalid();
        }
    }

    private void dayEnd() {
        if (text[at] != ' ' && text[at] != 'T' && text[at] != 't') {
            throw invalid();
        }
        at = Blanks.start(text, at + 1, end);
    }

    private long clock() {
        int hour = number(1, 2);
        separator(':');
        int minute = number(2, 2);
        int second = 0;
        long micros = 0;
        if (at < end && text[at] == ':') {
            at++;
            second = number(2, 2);
            if (at < end && text[at] == '.') {
                at++;
                micros = fraction();
            }
        }
        // As in PostgreSQL: a day may end at 24:00:00, and a minute at its 60th second.
        long time = ((hour * 60L + minute) * 60 + second) * TimeText.MICROS_PER_SECOND + micros;
        if (minute > 59 || second > 60 || time > TimeText.MICROS_PER_DAY) {
            throw invalid();
        }
        return time;
    }

    private long fraction() {
        long micros = 0;
        int digits = 0;
        for (; at < end && text[at] >= '0' && text[at] <= '9'; at++) {
            if (digits++ < 6) {
                micros = micros * 10 + text[at] - '0';
            }
        }
        for (int i = digits; i < 6; i++) {
            micros *= 10;
        }
        if (digits == 0) {
            throw invalid();
        }
        return micros;
    }

    /** Reads an offset in seconds, if there is one. */
    private int offset() {
        int start = Blanks.start(text, at, end);
        if (start == end) {
            return NO_OFFSET;
        }
        at = start + 1;
        byte sign = text[start];
        if (sign == 'Z' || sign == 'z') {
            return 0;
        }
        if (sign != '+' && sign != '-') {
            throw invalid();
        }
        int seconds = number(2, 2) * 3600;
        if (at < end) {
            at += text[at] == ':' ? 1 : 0;
            seconds += number(2, 2) * 60;
        }
        if (at < end) {
            separator(':');
            seconds += number(2, 2);
        }
        if (seconds > 18 * 3600) {
            throw invalid();
        }
        return sign == '-' ? -seconds : seconds;
    }

    private int number(int digitsMin, int digitsMax) {
        int value = 0;
        int start = at;
        for (; at < end && at - start < digitsMax && text[at] >= '0' && text[at] <= '9'; at++) {
            value = value * 10 + text[at] - '0';
        }
        if (at - start < digitsMin) {
            throw invalid();
        }
        return value;
    }

    private void separator(char wantedHere) {
        if (at == end || text[at] != wantedHere) {
            throw invalid();
        }
        at++;
    }

    private void finish() {
        if (at != end) {
            throw invalid();
        }
    }

    private RowFailure invalid() {
        return NumberText.invalid(text, from, to, wanted);
    }

    private RowFailure outOfRange() {
        return new RowFailure(
                ErrorCode.NUMERIC_OVERFLOW, NumberText.quoted(text, from, to) + " is too far away for " + wanted);
    }
}
