package io.millrace.runtime.expression;

import io.millrace.plan.expression.TimeUnit;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.type.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** What the units of time are. */
final class InterpretedTimeUnits {

    private InterpretedTimeUnits() {}

    static ChronoUnit chronoUnit(TimeUnit unit) {
        return switch (unit) {
            case MICROSECOND -> ChronoUnit.MICROS;
            case MILLISECOND -> ChronoUnit.MILLIS;
            case SECOND -> ChronoUnit.SECONDS;
            case MINUTE -> ChronoUnit.MINUTES;
            case HOUR -> ChronoUnit.HOURS;
            case DAY -> ChronoUnit.DAYS;
            case WEEK -> ChronoUnit.WEEKS;
            case MONTH -> ChronoUnit.MONTHS;
            case YEAR -> ChronoUnit.YEARS;
            case DECADE -> ChronoUnit.DECADES;
            case CENTURY -> ChronoUnit.CENTURIES;
            case MILLENNIUM -> ChronoUnit.MILLENNIA;
            default -> throw new IllegalStateException(unit.name());
        };
    }

    /** Returns how many months or microseconds a unit has. */
    static BigDecimal size(TimeUnit unit, boolean months) {
        if (unit == TimeUnit.QUARTER) {
            return BigDecimal.valueOf(3);
        }
        ChronoUnit chronoUnit = chronoUnit(unit);
        return months
                ? BigDecimal.valueOf(monthsOf(chronoUnit).toTotalMonths())
                : BigDecimal.valueOf(chronoUnit.getDuration().dividedBy(ChronoUnit.MICROS.getDuration()));
    }

    private static Period monthsOf(ChronoUnit unit) {
        return switch (unit) {
            case MONTHS -> Period.ofMonths(1);
            case YEARS -> Period.ofYears(1);
            case DECADES -> Period.ofYears(10);
            case CENTURIES -> Period.ofYears(100);
            default -> Period.ofYears(1000);
        };
    }

    static LocalDateTime floor(LocalDateTime time, TimeUnit unit) {
        LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
        int year = time.getYear();
        return switch (unit) {
            case MICROSECOND, MILLISECOND, SECOND, MINUTE, HOUR, DAY -> time.truncatedTo(chronoUnit(unit));
            case WEEK -> InterpretedTime.monday(day);
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> day.withDayOfMonth(1).withMonth((time.getMonthValue() - 1) / 3 * 3 + 1);
            case YEAR -> day.withDayOfYear(1);
            case DECADE -> day.withDayOfYear(1).withYear(Math.floorDiv(year, 10) * 10);
            case CENTURY -> day.withDayOfYear(1).withYear(Math.floorDiv(year - 1, 100) * 100 + 1);
            case MILLENNIUM -> day.withDayOfYear(1).withYear(Math.floorDiv(year - 1, 1000) * 1000 + 1);
            default -> throw new IllegalStateException(unit.name());
        };
    }

    static LocalDateTime next(LocalDateTime floor, TimeUnit unit) {
        return unit == TimeUnit.QUARTER ? floor.plusMonths(3) : floor.plus(1, chronoUnit(unit));
    }

    static long between(TimeUnit unit, LocalDateTime from, LocalDateTime to) {
        return unit.compareTo(TimeUnit.MONTH) < 0
                ? micros(to)
                        .subtract(micros(from))
                        .divideToIntegralValue(size(unit, false))
                        .longValueExact()
                : monthsBetween(from, to) / size(unit, true).longValueExact();
    }

    /** Returns a time's microseconds since 1970, which for a DATE may be more than a long holds. */
    static BigDecimal micros(LocalDateTime time) {
        return BigDecimal.valueOf(time.toLocalDate().toEpochDay())
                .multiply(size(TimeUnit.DAY, false))
                .add(BigDecimal.valueOf(time.toLocalTime().toNanoOfDay() / 1000));
    }

    static LocalDateTime ofMicros(BigDecimal micros) {
        BigDecimal[] dayAndRest = micros.divideAndRemainder(size(TimeUnit.DAY, false));
        return LocalDate.ofEpochDay(dayAndRest[0].longValueExact())
                .atStartOfDay()
                .plus(dayAndRest[1].longValueExact(), ChronoUnit.MICROS);
    }

    /** Counts months until the day of the month and the time of day are reached again. */
    static long monthsBetween(LocalDateTime from, LocalDateTime to) {
        if (to.isBefore(from)) {
            return -monthsBetween(to, from);
        }
        long months = ChronoUnit.MONTHS.between(YearMonth.from(from), YearMonth.from(to));
        boolean reached = to.getDayOfMonth() != from.getDayOfMonth()
                ? to.getDayOfMonth() > from.getDayOfMonth()
                : !to.toLocalTime().isBefore(from.toLocalTime());
        return reached ? months : months - 1;
    }

    /** Takes a part of an interval of months or microseconds. */
    static long extract(TimeUnit unit, BigDecimal amount, boolean months) {
        long value = amount.longValueExact();
        return months ? ofMonths(unit, value) : ofMicros(unit, value);
    }

    private static long ofMonths(TimeUnit unit, long months) {
        return switch (unit) {
            case MONTH -> months % 12;
            case QUARTER -> months % 12 / 3 + 1;
            case YEAR -> months / 12;
            case DECADE -> months / 120;
            case CENTURY -> months / 1200;
            default -> months / 12000;
        };
    }

    private static long ofMicros(TimeUnit unit, long micros) {
        return switch (unit) {
            case MICROSECOND -> micros % 60_000_000;
            case MILLISECOND -> micros % 60_000_000 / 1000;
            case SECOND -> micros / 1_000_000 % 60;
            case MINUTE -> micros / 60_000_000 % 60;
            case HOUR -> micros / 3_600_000_000L % 24;
            case DAY -> micros / 86_400_000_000L;
            default -> micros / 1_000_000;
        };
    }

    /** Rounds a time down to a multiple, counted from 1970-01-01 and for a TIME from midnight. */
    static Object step(DataType type, Object value, Object interval, ZoneId zone) {
        BigDecimal size = InterpretedTime.amount(interval);
        if (size.signum() == 0) {
            throw new RowFailure(ErrorCode.DIVISION_BY_ZERO, "step of no length");
        }
        if (size.signum() < 0) {
            throw new RowFailure(ErrorCode.INVALID_ARGUMENT, "negative step");
        }
        if (Types.isInterval(type)) {
            return InterpretedTime.ofAmount(type, down(InterpretedTime.amount(value), size));
        }
        LocalDateTime epoch = LocalDateTime.of(1970, 1, 1, 0, 0);
        if (value instanceof Instant instant && !(interval instanceof Period)) {
            return JavaValues.instant(
                    down(BigDecimal.valueOf(JavaValues.micros(instant)), size).longValueExact());
        }
        LocalDateTime local = InterpretedTime.local(value, zone);
        if (interval instanceof Period) {
            LocalDateTime first = floor(local, TimeUnit.MONTH);
            BigDecimal months = BigDecimal.valueOf(ChronoUnit.MONTHS.between(epoch, first));
            return InterpretedTime.ofLocal(epoch.plusMonths(down(months, size).longValueExact()), type, zone);
        }
        BigDecimal micros = BigDecimal.valueOf(ChronoUnit.MICROS.between(epoch, local));
        return InterpretedTime.ofLocal(epoch.plus(down(micros, size).longValueExact(), ChronoUnit.MICROS), type, zone);
    }

    private static BigDecimal down(BigDecimal value, BigDecimal size) {
        return value.divide(size, 0, RoundingMode.FLOOR).multiply(size);
    }
}
