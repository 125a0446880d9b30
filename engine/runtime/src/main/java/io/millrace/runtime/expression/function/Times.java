package io.millrace.runtime.expression.function;

import io.millrace.plan.expression.TimeUnit;
import io.millrace.spi.row.JavaValues;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Times as days since 1970-01-01 and microseconds of the day. A unit is the ordinal of a {@link TimeUnit}, so
 * that it is a constant in generated code.
 */
public final class Times {

    public static final long DAY = 86_400_000_000L;

    private static final long[] MICROS = {
        1, 1_000, 1_000_000, 60_000_000, 3_600_000_000L, DAY, 7 * DAY,
    };
    private static final int[] MONTHS = {0, 0, 0, 0, 0, 0, 0, 1, 3, 12, 120, 1_200, 12_000};
    private static final TimeUnit[] UNITS = TimeUnit.values();

    private Times() {}

    /** Returns how many months a unit from MONTH to MILLENNIUM has. */
    public static int months(int unit) {
        return MONTHS[unit];
    }

    /** Returns how many microseconds a unit up to WEEK has. */
    public static long micros(int unit) {
        return MICROS[unit];
    }

    private static RuntimeException outOfRange() {
        return Numbers.overflow("time out of range");
    }

    /** Puts a day and a time of day together. */
    public static long timestamp(long day, long microsOfDay) {
        // the first day of the range is not whole, so its start may not fit where its end does
        long micros = day * DAY + microsOfDay;
        if (Math.floorDiv(micros, DAY) != day) {
            throw outOfRange();
        }
        return micros;
    }

    public static int date(long day) {
        if ((int) day != day) {
            throw outOfRange();
        }
        return (int) day;
    }

    public static long add(long micros, long interval) {
        long sum = micros + interval;
        if (((micros ^ sum) & (interval ^ sum)) < 0) {
            throw outOfRange();
        }
        return sum;
    }

    public static long subtract(long micros, long other) {
        long difference = micros - other;
        if (((micros ^ other) & (micros ^ difference)) < 0) {
            throw outOfRange();
        }
        return difference;
    }

    /** Returns the wall clock reading of an instant. */
    public static long toLocal(long micros, ZoneId zone) {
        return zone == ZoneOffset.UTC
                ? micros
                : add(
                        micros,
                        zone.getRules().getOffset(JavaValues.instant(micros)).getTotalSeconds() * 1_000_000L);
    }

    /** Returns the instant of a wall clock reading; of two the earlier, and of none the one an hour on. */
    public static long fromLocal(long local, ZoneId zone) {
        if (zone == ZoneOffset.UTC) {
            return local;
        }
        LocalDateTime time = LocalDateTime.ofInstant(JavaValues.instant(local), ZoneOffset.UTC);
        return subtract(local, zone.getRules().getOffset(time).getTotalSeconds() * 1_000_000L);
    }

    /** Rounds down to so many digits of the second's fraction. */
    public static long precision(long micros, long unit) {
        long down = micros - Math.floorMod(micros, unit);
        if (down > micros) {
            throw outOfRange();
        }
        return down;
    }

    public static long plusMonths(long micros, long months) {
        long day = plusMonthsToDay(Math.floorDiv(micros, DAY), months);
        return timestamp(day, Math.floorMod(micros, DAY));
    }

    /** Goes so many months on, to the month's last day where it has not as many. */
    public static long plusMonthsToDay(long day, long months) {
        long month = Civil.month(day);
        long target = month + months;
        return Civil.day(target, Math.min(Civil.dayOfMonth(day), Civil.length(target)));
    }

    /** Counts whole months from one time to another. */
    public static long monthsBetween(long fromDay, long fromMicros, long toDay, long toMicros) {
        long months = Civil.month(toDay) - Civil.month(fromDay);
        long from = Civil.dayOfMonth(fromDay) * DAY + fromMicros;
        long to = Civil.dayOfMonth(toDay) * DAY + toMicros;
        if (months > 0 && to < from) {
            return months - 1;
        }
        return months < 0 && to > from ? months + 1 : months;
    }

    /** Counts whole units from one time to another. */
    public static long between(int unit, long fromDay, long fromMicros, long toDay, long toMicros) {
        if (MONTHS[unit] > 0) {
            return monthsBetween(fromDay, fromMicros, toDay, toMicros) / MONTHS[unit];
        }
        long size = MICROS[unit];
        long days = toDay - fromDay;
        long rest = toMicros - fromMicros;
        if (days > 0 && rest < 0) {
            days--;
            rest += DAY;
        } else if (days < 0 && rest > 0) {
            days++;
            rest -= DAY;
        }
        if (size >= DAY) {
            return days / (size / DAY);
        }
        long perDay = DAY / size;
        long high = Math.multiplyHigh(days, perDay);
        if (high != (days * perDay) >> 63) {
            throw outOfRange();
        }
        return add(days * perDay, rest / size);
    }

    /** Rounds a day down to a unit from WEEK on. */
    public static long floorDay(int unit, long day) {
        if (MONTHS[unit] == 0) {
            return unit == TimeUnit.WEEK.ordinal() ? day - Math.floorMod(day + 3, 7) : day;
        }
        long month = Civil.month(day);
        // centuries and millennia begin with their year 1
        long origin = MONTHS[unit] > 120 ? 12 : 0;
        return Civil.day(month - Math.floorMod(month - origin, MONTHS[unit]), 1);
    }

    private static long nextDay(int unit, long floor) {
        return switch (MONTHS[unit]) {
            case 0 -> floor + MICROS[unit] / DAY;
            default -> Civil.day(Civil.month(floor) + MONTHS[unit], 1);
        };
    }

    /** Rounds a timestamp down to a unit. */
    public static long floor(int unit, long micros) {
        if (unit <= TimeUnit.DAY.ordinal()) {
            return precision(micros, MICROS[unit]);
        }
        return timestamp(floorDay(unit, Math.floorDiv(micros, DAY)), 0);
    }

    /** Rounds a timestamp up to a unit. */
    public static long ceil(int unit, long micros) {
        if (unit <= TimeUnit.DAY.ordinal()) {
            long over = Math.floorMod(micros, MICROS[unit]);
            return over == 0 ? micros : add(micros, MICROS[unit] - over);
        }
        long day = Math.floorDiv(micros, DAY);
        long floor = floorDay(unit, day);
        boolean exact = floor == day && Math.floorMod(micros, DAY) == 0;
        return timestamp(exact ? floor : nextDay(unit, floor), 0);
    }

    public static int ceilDate(int unit, int day) {
        long floor = floorDay(unit, day);
        return date(floor == day ? floor : nextDay(unit, floor));
    }

    /** Rounds a time of day to a unit; a unit longer than a day rounds to midnight. */
    public static long floorTime(int unit, long micros) {
        return unit <= TimeUnit.HOUR.ordinal() ? micros - micros % MICROS[unit] : 0;
    }

    public static long ceilTime(int unit, long micros) {
        if (unit > TimeUnit.HOUR.ordinal()) {
            return 0;
        }
        long over = micros % MICROS[unit];
        return over == 0 ? micros : (micros - over + MICROS[unit]) % DAY;
    }

    /** Takes a part of a time. */
    public static long extract(int unit, long day, long microsOfDay) {
        return switch (UNITS[unit]) {
            case MICROSECOND -> microsOfDay % 60_000_000;
            case MILLISECOND -> microsOfDay % 60_000_000 / 1000;
            case SECOND -> microsOfDay / 1_000_000 % 60;
            case MINUTE -> microsOfDay / 60_000_000 % 60;
            case HOUR -> microsOfDay / 3_600_000_000L;
            case DAY -> Civil.dayOfMonth(day);
            case WEEK -> Civil.isoWeek(day);
            case MONTH -> Math.floorMod(Civil.month(day), 12) + 1;
            case QUARTER -> Math.floorMod(Civil.month(day), 12) / 3 + 1;
            case YEAR -> Civil.year(day);
            case DECADE -> Math.floorDiv(Civil.year(day), 10);
            case CENTURY -> Math.floorDiv(Civil.year(day) - 1, 100) + 1;
            case MILLENNIUM -> Math.floorDiv(Civil.year(day) - 1, 1000) + 1;
            case DOW -> Math.floorMod(day + 4, 7) + 1;
            case ISODOW -> Math.floorMod(day + 3, 7) + 1;
            case DOY -> day - Civil.day(Civil.year(day) * 12, 1) + 1;
            case ISOYEAR -> Civil.isoYear(day);
            case EPOCH -> day * 86_400 + microsOfDay / 1_000_000;
        };
    }

    /** Takes a part of an interval of months. */
    public static long extractMonths(int unit, long months) {
        return switch (UNITS[unit]) {
            case MONTH -> months % 12;
            case QUARTER -> months % 12 / 3 + 1;
            default -> months / MONTHS[unit];
        };
    }

    /** Takes a part of an interval of microseconds. */
    public static long extractMicros(int unit, long micros) {
        return switch (UNITS[unit]) {
            case MICROSECOND -> micros % 60_000_000;
            case MILLISECOND -> micros % 60_000_000 / 1000;
            case SECOND -> micros / 1_000_000 % 60;
            case MINUTE -> micros / 60_000_000 % 60;
            case HOUR -> micros / 3_600_000_000L % 24;
            case DAY -> micros / DAY;
            default -> micros / 1_000_000;
        };
    }

    /** Rounds a number of months or microseconds up to a multiple. */
    public static long ceilTo(long size, long value) {
        long over = Math.floorMod(value, size);
        return over == 0 ? value : add(value, size - over);
    }
}
