package io.millrace.runtime.expression.function;

import io.millrace.plan.expression.TimeUnit;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.type.ZoneNames;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Times as days since 1970-01-01 and microseconds of the day. Public for generated code.
 */
public final class Times {

    public static final long DAY = 86_400_000_000L;

    private Times() {}

    /** Returns how many months a unit has, 0 where it is shorter than a month. */
    public static int months(TimeUnit unit) {
        return switch (unit) {
            case MONTH -> 1;
            case QUARTER -> 3;
            case YEAR -> 12;
            case DECADE -> 120;
            case CENTURY -> 1_200;
            case MILLENNIUM -> 12_000;
            default -> 0;
        };
    }

    /** Returns how many microseconds a unit up to WEEK has. */
    public static long micros(TimeUnit unit) {
        return switch (unit) {
            case MICROSECOND -> 1;
            case MILLISECOND -> 1_000;
            case SECOND -> 1_000_000;
            case MINUTE -> 60_000_000;
            case HOUR -> 3_600_000_000L;
            case DAY -> DAY;
            case WEEK -> 7 * DAY;
            default -> throw new IllegalArgumentException(unit + " has no fixed length");
        };
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
        return zone.equals(ZoneOffset.UTC)
                ? micros
                : add(
                        micros,
                        zone.getRules().getOffset(JavaValues.instant(micros)).getTotalSeconds() * 1_000_000L);
    }

    /** Returns the instant of a wall clock reading; of two the earlier, and of none the one an hour on. */
    public static long fromLocal(long local, ZoneId zone) {
        if (zone.equals(ZoneOffset.UTC)) {
            return local;
        }
        LocalDateTime time = LocalDateTime.ofInstant(JavaValues.instant(local), ZoneOffset.UTC);
        return subtract(local, zone.getRules().getOffset(time).getTotalSeconds() * 1_000_000L);
    }

    /** Returns the instant at which a zone's clocks show this, by {@link ZoneNames#offset}. */
    public static long instantAt(long reading, ZoneId zone) {
        if (zone.equals(ZoneOffset.UTC)) {
            return reading;
        }
        LocalDateTime time = LocalDateTime.ofInstant(JavaValues.instant(reading), ZoneOffset.UTC);
        return subtract(reading, ZoneNames.offset(zone, time).getTotalSeconds() * 1_000_000L);
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
    public static long between(TimeUnit unit, long fromDay, long fromMicros, long toDay, long toMicros) {
        if (months(unit) > 0) {
            return monthsBetween(fromDay, fromMicros, toDay, toMicros) / months(unit);
        }
        long size = micros(unit);
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
    public static long floorDay(TimeUnit unit, long day) {
        if (months(unit) == 0) {
            return unit == TimeUnit.WEEK ? day - Math.floorMod(day + 3, 7) : day;
        }
        long month = Civil.month(day);
        // centuries and millennia begin with their year 1
        long origin = months(unit) > 120 ? 12 : 0;
        return Civil.day(month - Math.floorMod(month - origin, months(unit)), 1);
    }

    private static long nextDay(TimeUnit unit, long floor) {
        return switch (months(unit)) {
            case 0 -> floor + micros(unit) / DAY;
            default -> Civil.day(Civil.month(floor) + months(unit), 1);
        };
    }

    /** Rounds a timestamp down to a unit. */
    public static long floor(TimeUnit unit, long micros) {
        if (unit.compareTo(TimeUnit.DAY) <= 0) {
            return precision(micros, micros(unit));
        }
        return timestamp(floorDay(unit, Math.floorDiv(micros, DAY)), 0);
    }

    /** Rounds a timestamp up to a unit. */
    public static long ceil(TimeUnit unit, long micros) {
        if (unit.compareTo(TimeUnit.DAY) <= 0) {
            long over = Math.floorMod(micros, micros(unit));
            return over == 0 ? micros : add(micros, micros(unit) - over);
        }
        long day = Math.floorDiv(micros, DAY);
        long floor = floorDay(unit, day);
        boolean exact = floor == day && Math.floorMod(micros, DAY) == 0;
        return timestamp(exact ? floor : nextDay(unit, floor), 0);
    }

    public static int ceilDate(TimeUnit unit, int day) {
        long floor = floorDay(unit, day);
        return date(floor == day ? floor : nextDay(unit, floor));
    }

    /** Rounds a time of day to a unit; a unit longer than a day rounds to midnight. */
    public static long floorTime(TimeUnit unit, long micros) {
        return unit.compareTo(TimeUnit.HOUR) <= 0 ? micros - micros % micros(unit) : 0;
    }

    public static long ceilTime(TimeUnit unit, long micros) {
        if (unit.compareTo(TimeUnit.HOUR) > 0) {
            return 0;
        }
        long over = micros % micros(unit);
        return over == 0 ? micros : (micros - over + micros(unit)) % DAY;
    }

    /** Takes a part of a time. */
    public static long extract(TimeUnit unit, long day, long microsOfDay) {
        return switch (unit) {
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
    public static long extractMonths(TimeUnit unit, long months) {
        return switch (unit) {
            case MONTH -> months % 12;
            case QUARTER -> months % 12 / 3 + 1;
            default -> months / months(unit);
        };
    }

    /** Takes a part of an interval of microseconds. */
    public static long extractMicros(TimeUnit unit, long micros) {
        return switch (unit) {
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
