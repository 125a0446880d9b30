package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.WireBuffer;

/** Lengths of time in text, PostgreSQL's own style: {@code 1 year 2 mons}, {@code -3 days -04:05:06.5}. */
final class IntervalText {

    private IntervalText() {}

    static void months(int months, WireBuffer out) {
        if (months == 0) {
            out.ascii("00:00:00");
            return;
        }
        int years = months / 12;
        int rest = months % 12;
        if (years != 0) {
            part(years, "year", out);
        }
        if (years != 0 && rest != 0) {
            out.int8(' ');
        }
        if (rest != 0) {
            part(rest, "mon", out);
        }
    }

    static void micros(long micros, WireBuffer out) {
        long days = micros / TemporalText.MICROS_PER_DAY;
        long rest = micros % TemporalText.MICROS_PER_DAY;
        if (days != 0) {
            part(days, "day", out);
        }
        if (days != 0 && rest != 0) {
            out.int8(' ');
        }
        if (rest != 0 || days == 0) {
            if (rest < 0) {
                out.int8('-');
            }
            TemporalText.time(Math.abs(rest), out);
        }
    }

    private static void part(long count, String unit, WireBuffer out) {
        out.decimal(count).int8(' ').ascii(unit);
        if (count != 1) {
            out.int8('s');
        }
    }
}
