package io.millrace.spi.row;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Dates, times, timestamps and intervals as text, as PostgreSQL writes them. */
final class TimeText {

    static final long MICROS_PER_SECOND = 1_000_000L;
    static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

    private TimeText() {}

    static void date(long epochDay, Utf8Buffer out) {
        if (!day(epochDay, out)) {
            out.append(" BC");
        }
    }

    /** Appends the day; returns whether its year is of our era, which else must be said at the end. */
    private static boolean day(long epochDay, Utf8Buffer out) {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        int year = date.getYear();
        out.appendDigits(year > 0 ? year : 1L - year, 4).append('-');
        out.appendDigits(date.getMonthValue(), 2).append('-');
        out.appendDigits(date.getDayOfMonth(), 2);
        return year > 0;
    }

    static void time(long microsOfDay, Utf8Buffer out) {
        long seconds = microsOfDay / MICROS_PER_SECOND;
        out.appendDigits(seconds / 3600, 2).append(':');
        out.appendDigits(seconds / 60 % 60, 2).append(':');
        out.appendDigits(seconds % 60, 2);
        fraction(microsOfDay % MICROS_PER_SECOND, out);
    }

    private static void fraction(long micros, Utf8Buffer out) {
        if (micros == 0) {
            return;
        }
        out.append('.').appendDigits(micros, 6);
        int end = out.length();
        while (out.bytes()[end - 1] == '0') {
            end--;
        }
        out.truncate(end);
    }

    static void timestamp(long micros, Utf8Buffer out) {
        boolean ourEra = dayAndTime(micros, out);
        if (!ourEra) {
            out.append(" BC");
        }
    }

    private static boolean dayAndTime(long micros, Utf8Buffer out) {
        boolean ourEra = day(Math.floorDiv(micros, MICROS_PER_DAY), out);
        out.append(' ');
        time(Math.floorMod(micros, MICROS_PER_DAY), out);
        return ourEra;
    }

    static void instant(long micros, ZoneId zone, Utf8Buffer out) {
        int offset = zone instanceof ZoneOffset fixed
                ? fixed.getTotalSeconds()
                : zone.getRules().getOffset(JavaValues.instant(micros)).getTotalSeconds();
        long shift = offset * MICROS_PER_SECOND;
        // the first and last hours of the range have no wall clock reading; they are shown in UTC
        long local = micros + shift;
        boolean overflow = ((micros ^ local) & (shift ^ local)) < 0;
        boolean ourEra = dayAndTime(overflow ? micros : local, out);
        offset(overflow ? 0 : offset, out);
        if (!ourEra) {
            out.append(" BC");
        }
    }

    private static void offset(int seconds, Utf8Buffer out) {
        int magnitude = Math.abs(seconds);
        out.append(seconds < 0 ? '-' : '+').appendDigits(magnitude / 3600, 2);
        if (magnitude % 3600 != 0) {
            out.append(':').appendDigits(magnitude / 60 % 60, 2);
        }
        if (magnitude % 60 != 0) {
            out.append(':').appendDigits(magnitude % 60, 2);
        }
    }

    static void months(int months, Utf8Buffer out) {
        int start = out.length();
        unit(months / 12, "year", out, start);
        unit(months % 12, "mon", out, start);
        if (out.length() == start) {
            out.append("00:00:00");
        }
    }

    static void interval(long micros, Utf8Buffer out) {
        int start = out.length();
        unit(micros / MICROS_PER_DAY, "day", out, start);
        long rest = micros % MICROS_PER_DAY;
        if (rest != 0 || out.length() == start) {
            out.append(out.length() == start ? "" : " ").append(rest < 0 ? "-" : "");
            time(Math.abs(rest), out);
        }
    }

    private static void unit(long count, String name, Utf8Buffer out, int start) {
        if (count != 0) {
            out.append(out.length() == start ? "" : " ")
                    .append(count)
                    .append(' ')
                    .append(name);
            out.append(count == 1 ? "" : "s");
        }
    }
}
