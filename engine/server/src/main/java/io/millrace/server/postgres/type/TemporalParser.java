package io.millrace.server.postgres.type;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date, a time or both, with or without a zone, as a client wrote it. Clients send more than the type
 * has, such as a date with a zone; what the type has no room for is left out, as PostgreSQL does.
 */
final class TemporalParser {

    private static final Pattern FORM = Pattern.compile("(?:(\\d{4,9})-(\\d{1,2})-(\\d{1,2}))?[ T]?"
            + "(?:(\\d{1,2}):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9}))?)?)?"
            + "\\s*(Z|UTC|[+-]\\d\\d(?::?\\d\\d(?::?\\d\\d)?)?)?(\\s+BC)?");

    private static final Pattern INFINITY = Pattern.compile("(?i)[+-]?infinity");

    /** What 24:00:00 is read as: the end of the day, which has no time of its own. */
    private static final LocalTime DAY_END = LocalTime.MAX;

    private final @Nullable LocalDate date;
    private final @Nullable LocalTime time;
    private final @Nullable ZoneOffset offset;

    private TemporalParser(@Nullable LocalDate date, @Nullable LocalTime time, @Nullable ZoneOffset offset) {
        this.date = date;
        this.time = time;
        this.offset = offset;
    }

    static TemporalParser parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (INFINITY.matcher(text.strip()).matches()) {
            throw new MillraceException(
                    ErrorCode.INVALID_VALUE,
                    "\"" + text + "\" is not supported: each date and timestamp is finite here",
                    "use a far date, or NULL");
        }
        if (!form.matches()) {
            throw new DateTimeException("not a date or time");
        }
        return new TemporalParser(date(form), time(form), offset(form.group(8)));
    }

    private static @Nullable LocalDate date(Matcher form) {
        if (form.group(1) == null) {
            return null;
        }
        int year = Integer.parseInt(form.group(1));
        return LocalDate.of(
                form.group(9) == null ? year : 1 - year,
                Integer.parseInt(form.group(2)),
                Integer.parseInt(form.group(3)));
    }

    private static @Nullable LocalTime time(Matcher form) {
        if (form.group(4) == null) {
            return null;
        }
        int hour = Integer.parseInt(form.group(4));
        int minute = Integer.parseInt(form.group(5));
        int second = form.group(6) == null ? 0 : Integer.parseInt(form.group(6));
        int nanos = nanos(form.group(7));
        if (hour == 24 && minute == 0 && second == 0 && nanos == 0) {
            return DAY_END;
        }
        // As in PostgreSQL a minute may end at its 60th second.
        LocalTime time = LocalTime.of(hour, minute, second == 60 ? 59 : second, nanos);
        return second < 60 ? time : hour == 23 && minute == 59 ? lastSecond(nanos) : time.plusSeconds(1);
    }

    private static LocalTime lastSecond(int nanos) {
        if (nanos > 0) {
            throw new DateTimeException("after the end of the day");
        }
        return DAY_END;
    }

    /** Digits below the microsecond are cut off. */
    private static int nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "00000").substring(0, 6)) * 1000;
    }

    private static @Nullable ZoneOffset offset(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return text.startsWith("Z") || text.startsWith("U") ? ZoneOffset.UTC : ZoneOffset.of(text);
    }

    LocalDate date() {
        if (date == null) {
            throw new DateTimeException("no date");
        }
        return date;
    }

    LocalTime time() {
        if (time == null) {
            throw new DateTimeException("no time");
        }
        if (time.equals(DAY_END)) {
            throw new MillraceException(
                    ErrorCode.INVALID_VALUE, "24:00:00 is the end of a day, and a TIME is before that", "use 00:00");
        }
        return time;
    }

    LocalDateTime timestamp() {
        return DAY_END.equals(time)
                ? date().plusDays(1).atStartOfDay()
                : LocalDateTime.of(date(), time == null ? LocalTime.MIDNIGHT : time);
    }

    Instant instant(ZoneId zone) {
        return timestamp().atZone(offset == null ? zone : offset).toInstant();
    }
}
