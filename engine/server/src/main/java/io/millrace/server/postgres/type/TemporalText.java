package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.WireBuffer;

/** Dates and times in text, ISO style: {@code 2026-01-31 10:00:00.5+01}. Years before 1 end in {@code BC}. */
final class TemporalText {

    static final long MICROS_PER_SECOND = 1_000_000L;
    static final long MICROS_PER_DAY = 86_400L * MICROS_PER_SECOND;

    private static final int DAYS_PER_ERA = 146_097;
    private static final int DAYS_TO_EPOCH = 719_468;

    private TemporalText() {}

    static void date(long epochDay, WireBuffer out) {
        if (writeDay(epochDay, out) <= 0) {
            out.ascii(" BC");
        }
    }

    static void timestamp(long micros, WireBuffer out) {
        int year = dayAndTime(micros, ' ', out);
        if (year <= 0) {
            out.ascii(" BC");
        }
    }

    /** Writes an instant as a zone's clock shows it, with the distance from UTC. */
    static void instant(long micros, ZoneOffsets offsets, WireBuffer out) {
        int offset = offsets.secondsAt(Math.floorDiv(micros, MICROS_PER_SECOND));
        int year = dayAndTime(micros + offset * MICROS_PER_SECOND, ' ', out);
        offset(offset, out);
        if (year <= 0) {
            out.ascii(" BC");
        }
    }

    /** Writes day and time with the mark between them and returns the year. */
    static int dayAndTime(long micros, char mark, WireBuffer out) {
        int year = writeDay(Math.floorDiv(micros, MICROS_PER_DAY), out);
        out.int8(mark);
        time(Math.floorMod(micros, MICROS_PER_DAY), out);
        return year;
    }

    static void offset(int seconds, WireBuffer out) {
        int size = Math.abs(seconds);
        out.int8(seconds < 0 ? '-' : '+').digits(size / 3600, 2);
        if (size % 3600 != 0) {
            out.int8(':').digits(size / 60 % 60, 2);
        }
        if (size % 60 != 0) {
            out.int8(':').digits(size % 60, 2);
        }
    }

    static void time(long micros, WireBuffer out) {
        long seconds = micros / MICROS_PER_SECOND;
        out.digits(seconds / 3600, 2).int8(':').digits(seconds / 60 % 60, 2);
        out.int8(':').digits(seconds % 60, 2);
        fraction(micros % MICROS_PER_SECOND, out);
    }

    /** Writes a point and the digits of a fraction that are needed, or nothing for none. */
    static void fraction(long micros, WireBuffer out) {
        if (micros == 0) {
            return;
        }
        int digits = 6;
        long value = micros;
        while (value % 10 == 0) {
            value /= 10;
            digits--;
        }
        out.int8('.').digits(value, digits);
    }

    /**
     * Writes a day of the Gregorian calendar and returns its year, 0 being the year before 1. Years are
     * counted from March, so that the leap day is the last of its year.
     */
    private static int writeDay(long epochDay, WireBuffer out) {
        long shifted = epochDay + DAYS_TO_EPOCH;
        long era = Math.floorDiv(shifted, DAYS_PER_ERA);
        int dayOfEra = (int) (shifted - era * DAYS_PER_ERA);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        int year = (int) (era * 400) + yearOfEra + (month <= 2 ? 1 : 0);
        int shown = year <= 0 ? 1 - year : year;
        if (shown < 10_000) {
            out.digits(shown, 4);
        } else {
            out.decimal(shown);
        }
        out.int8('-').digits(month, 2).int8('-').digits(day, 2);
        return year;
    }
}
