package io.millrace.runtime.expression.function;

import io.millrace.plan.expression.TimeUnit;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A java.time pattern for timestamps, with English names. Safe for concurrent use. */
public final class TimePattern {

    /** How many patterns are kept; a query has a handful, but a pattern may come from data. */
    private static final int CACHED_MAX = 256;

    /** A longer one comes from data. */
    private static final int CACHED_LENGTH_MAX = 1_000;

    private static final Map<String, TimePattern> CACHE = new ConcurrentHashMap<>();

    private final String pattern;
    private final DateTimeFormatter formatter;
    private final long resolutionMicros;

    private TimePattern(String pattern) {
        this.pattern = pattern;
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        StyledNames.append(builder, pattern);
        this.formatter = builder.toFormatter(Locale.ENGLISH);
        this.resolutionMicros = resolution(pattern);
    }

    /** A letter in quotes counts as well, which makes the stretches shorter than they could be and nothing wrong. */
    private static long resolution(String pattern) {
        long micros = Times.DAY;
        for (int i = 0; i < pattern.length(); i++) {
            if (Character.isLetter(pattern.charAt(i))) {
                micros = Math.min(micros, resolution(pattern.charAt(i)));
            }
        }
        return micros;
    }

    private static long resolution(char letter) {
        return switch (letter) {
            case 'G', 'u', 'y', 'Y', 'M', 'L', 'd', 'D', 'E', 'e', 'c', 'Q', 'q', 'w', 'W', 'F' -> Times.DAY;
            case 'a', 'H', 'h', 'k', 'K' -> Times.micros(TimeUnit.HOUR);
            case 'm' -> Times.micros(TimeUnit.MINUTE);
            case 's' -> Times.micros(TimeUnit.SECOND);
            default -> 1;
        };
    }

    /** Returns the length of the stretches of time, counted from 1970 on, in which all readings have the same text. */
    public long resolutionMicros() {
        return resolutionMicros;
    }

    /**
     * Returns the pattern, compiled.
     *
     * @throws RowFailure with {@code INVALID_ARGUMENT} where the pattern is malformed
     */
    public static TimePattern of(String pattern) {
        TimePattern known = CACHE.get(pattern);
        if (known != null) {
            return known;
        }
        try {
            TimePattern made = new TimePattern(pattern);
            if (CACHE.size() < CACHED_MAX && pattern.length() <= CACHED_LENGTH_MAX) {
                CACHE.put(pattern, made);
            }
            return made;
        } catch (IllegalArgumentException e) {
            throw new RowFailure(ErrorCode.INVALID_ARGUMENT, "'" + pattern + "' is not a pattern for timestamps");
        }
    }

    /**
     * Reads a timestamp. Without a time of day it is midnight, without a month or day the first one.
     *
     * @param zone the zone of what says no offset or zone itself
     * @return microseconds since 1970-01-01T00:00Z
     */
    public long parse(String text, ZoneId zone) {
        try {
            TemporalAccessor parsed = formatter.parse(text);
            existing(parsed, text);
            if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
                return micros(parsed.getLong(ChronoField.INSTANT_SECONDS), parsed.get(ChronoField.MICRO_OF_SECOND));
            }
            LocalDateTime local = local(parsed);
            @Nullable ZoneId own = parsed.query(TemporalQueries.zone());
            ZoneOffset offset = (own == null ? zone : own).getRules().getOffset(local);
            return micros(local.toEpochSecond(offset), local.get(ChronoField.MICRO_OF_SECOND));
        } catch (DateTimeException | ArithmeticException e) {
            throw new RowFailure(ErrorCode.INVALID_VALUE, "'" + text + "' does not read as '" + pattern + "'");
        }
    }

    /** java.time takes 30 February for the last day of the month; that would be another day than what is written. */
    private void existing(TemporalAccessor parsed, String text) {
        java.time.@Nullable LocalDate date = parsed.query(TemporalQueries.localDate());
        if (date == null || date.getDayOfMonth() < 28 || date.getDayOfMonth() != date.lengthOfMonth()) {
            return;
        }
        TemporalAccessor written = formatter.parseUnresolved(text, new ParsePosition(0));
        int day = field(written, ChronoField.DAY_OF_MONTH, date.getDayOfMonth());
        if (day > date.getDayOfMonth()) {
            throw new DateTimeException("there is no day " + day + " in this month");
        }
    }

    private static long micros(long seconds, int micros) {
        return Math.addExact(Math.multiplyExact(seconds, 1_000_000L), micros);
    }

    private static LocalDateTime local(TemporalAccessor parsed) {
        java.time.@Nullable LocalDate date = parsed.query(TemporalQueries.localDate());
        java.time.@Nullable LocalTime time = parsed.query(TemporalQueries.localTime());
        if (date == null) {
            int year = field(parsed, ChronoField.YEAR, field(parsed, ChronoField.YEAR_OF_ERA, 1970));
            date = java.time.LocalDate.of(
                    year, field(parsed, ChronoField.MONTH_OF_YEAR, 1), field(parsed, ChronoField.DAY_OF_MONTH, 1));
        }
        if (time == null) {
            int hour = field(parsed, ChronoField.HOUR_OF_AMPM, 0);
            time = java.time.LocalTime.of(
                    field(parsed, ChronoField.HOUR_OF_DAY, hour),
                    field(parsed, ChronoField.MINUTE_OF_HOUR, 0),
                    field(parsed, ChronoField.SECOND_OF_MINUTE, 0),
                    field(parsed, ChronoField.NANO_OF_SECOND, 0));
        }
        return LocalDateTime.of(date, time);
    }

    private static int field(TemporalAccessor parsed, ChronoField field, int otherwise) {
        return parsed.isSupported(field) ? parsed.get(field) : otherwise;
    }

    /** Returns the text of a timestamp; fails where the pattern asks for what a timestamp does not have. */
    public String format(LocalDateTime local, ZoneId zone) {
        try {
            return formatter.format(local.atZone(zone));
        } catch (DateTimeException e) {
            throw new RowFailure(ErrorCode.INVALID_ARGUMENT, "'" + pattern + "' does not fit a timestamp");
        }
    }
}
