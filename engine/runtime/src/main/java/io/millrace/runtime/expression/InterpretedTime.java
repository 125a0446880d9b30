package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.plan.expression.TimeUnit;
import io.millrace.runtime.expression.function.Comparison;
import io.millrace.runtime.expression.function.MadeTimes;
import io.millrace.runtime.expression.function.TimePattern;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.ZoneNames;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Dates, times, timestamps and intervals, by java.time. */
final class InterpretedTime {

    private static final BigDecimal MICROS_PER_SECOND = BigDecimal.valueOf(1_000_000);
    private static final LocalDate EPOCH = LocalDate.EPOCH;

    private InterpretedTime() {}

    static Object current(Call call, EvaluationContext context) {
        ZoneId zone = call.function() == ScalarFunction.CURRENT_TIMESTAMP ? ZoneOffset.UTC : context.zone();
        return cast(JavaValues.instant(context.stepMicros()), DataType.TIMESTAMP_WITH_TIME_ZONE, call.type(), zone);
    }

    /** Converts between DATE, TIME and TIMESTAMP. A TIME becomes a timestamp on 1970-01-01. */
    static Object cast(Object value, DataType from, DataType to, ZoneId zone) {
        if (value instanceof Instant instant && Types.isZoned(to)) {
            return ofMicros(JavaValues.micros(instant), to);
        }
        LocalDateTime local = local(value, zone);
        return ofLocal(local, to, zone);
    }

    /** Returns the wall clock reading. */
    static LocalDateTime local(Object value, ZoneId zone) {
        return switch (value) {
            case LocalDate date -> date.atStartOfDay();
            case LocalTime time -> time.atDate(EPOCH);
            case Instant instant -> inRange(LocalDateTime.ofInstant(instant, zone));
            default -> (LocalDateTime) value;
        };
    }

    /** An instant at the very end of the range may have a reading outside of it, which is an overflow. */
    private static LocalDateTime inRange(LocalDateTime local) {
        micros(local.toInstant(ZoneOffset.UTC));
        return local;
    }

    static Object ofLocal(LocalDateTime local, DataType type, ZoneId zone) {
        if (type instanceof TimestampType timestamp) {
            Instant instant = timestamp.zoned()
                    ? local.toInstant(zone.getRules().getOffset(local))
                    : local.toInstant(ZoneOffset.UTC);
            return ofMicros(micros(instant), type);
        }
        return type instanceof DateType
                ? day(local.toLocalDate())
                : rounded(local.toLocalTime(), ((TimeType) type).precision());
    }

    private static long micros(Instant instant) {
        return new BigDecimal(instant.getEpochSecond())
                .multiply(MICROS_PER_SECOND)
                .add(BigDecimal.valueOf(instant.getNano() / 1000))
                .longValueExact();
    }

    private static LocalTime rounded(LocalTime time, int precision) {
        int unit = (int) Math.pow(10, 9 - precision);
        int nano = time.get(ChronoField.NANO_OF_SECOND);
        return time.withNano(nano / unit * unit);
    }

    /** Returns the day, if it is in the range that is stored. */
    private static LocalDate day(LocalDate date) {
        if (date.toEpochDay() != (int) date.toEpochDay()) {
            throw new ArithmeticException("day " + date);
        }
        return date;
    }

    /** Returns a timestamp rounded down to its type's precision. */
    private static Object ofMicros(long micros, DataType type) {
        TimestampType timestamp = (TimestampType) type;
        BigDecimal seconds = BigDecimal.valueOf(micros, 6).setScale(timestamp.precision(), RoundingMode.FLOOR);
        Instant instant = JavaValues.instant(seconds.multiply(MICROS_PER_SECOND).longValueExact());
        return timestamp.zoned() ? instant : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    static Object arithmetic(Call call, @Nullable Object[] values, EvaluationContext context) {
        Object left = Objects.requireNonNull(values[0]);
        @Nullable Object right = values.length > 1 ? values[1] : null;
        DataType leftType = call.arguments().get(0).type();
        return switch (call.function()) {
            case PLUS, MINUS -> sum(call, left, Objects.requireNonNull(right), context.zone());
            case FLOOR, CEIL -> rounded(call, left, (String) Objects.requireNonNull(right), context.zone());
            case STEP -> InterpretedTimeUnits.step(call.type(), left, Objects.requireNonNull(right), context.zone());
            case MULTIPLY -> {
                boolean intervalFirst = Types.isInterval(leftType);
                Number factor = (Number) (intervalFirst ? Objects.requireNonNull(right) : left);
                yield ofAmount(call.type(), product(amount(intervalFirst ? left : right), factor));
            }
            case DIVIDE -> ofAmount(call.type(), quotient(amount(left), (Number) Objects.requireNonNull(right)));
            case NEGATE -> ofAmount(call.type(), amount(left).negate());
            case ABS -> ofAmount(call.type(), amount(left).abs());
            default -> InterpretedNumbers.number(amount(left).signum(), call.type());
        };
    }

    private static Object sum(Call call, Object left, Object right, ZoneId zone) {
        boolean minus = call.function() == ScalarFunction.MINUS;
        if (Types.isInterval(call.type())) {
            if (left instanceof Period || left instanceof Duration) {
                return ofAmount(
                        call.type(), amount(left).add(minus ? amount(right).negate() : amount(right)));
            }
            return difference((IntervalType) call.type(), left, right, zone);
        }
        BigDecimal amount = minus ? amount(right).negate() : amount(right);
        if (right instanceof Period) {
            LocalDateTime moved = local(left, zone).plusMonths(amount.longValueExact());
            return ofLocal(left instanceof Instant ? inRange(moved) : moved, call.type(), zone);
        }
        if (left instanceof Instant instant) {
            BigDecimal moved = BigDecimal.valueOf(JavaValues.micros(instant)).add(amount);
            Instant sum = JavaValues.instant(moved.longValueExact());
            return cast(sum, DataType.TIMESTAMP_WITH_TIME_ZONE, call.type(), zone);
        }
        BigDecimal moved = InterpretedTimeUnits.micros(local(left, zone)).add(amount);
        return ofLocal(InterpretedTimeUnits.ofMicros(moved), call.type(), zone);
    }

    private static Object difference(IntervalType type, Object left, Object right, ZoneId zone) {
        if (type.months()) {
            long months = InterpretedTimeUnits.monthsBetween(local(right, zone), local(left, zone));
            return Period.ofMonths(Math.toIntExact(months));
        }
        // instants are subtracted as they are, since the zone's offset may change between them
        ZoneId clock = left instanceof Instant ? ZoneOffset.UTC : zone;
        BigDecimal micros = InterpretedTimeUnits.micros(local(left, clock))
                .subtract(InterpretedTimeUnits.micros(local(right, clock)));
        return ofAmount(type, micros);
    }

    /** Returns an interval's months or microseconds. */
    static BigDecimal amount(@Nullable Object interval) {
        if (interval instanceof Period period) {
            return BigDecimal.valueOf(period.toTotalMonths());
        }
        Duration duration = (Duration) Objects.requireNonNull(interval);
        return BigDecimal.valueOf(duration.getSeconds())
                .multiply(MICROS_PER_SECOND)
                .add(BigDecimal.valueOf(duration.getNano() / 1000));
    }

    static Object ofAmount(DataType type, BigDecimal amount) {
        return Interpreter.interval(type, amount.longValueExact());
    }

    private static BigDecimal product(BigDecimal amount, Number factor) {
        return amount.multiply(exact(factor)).setScale(0, RoundingMode.HALF_UP);
    }

    private static BigDecimal quotient(BigDecimal amount, Number divisor) {
        BigDecimal exact = exact(divisor);
        if (exact.signum() == 0) {
            throw new RowFailure(ErrorCode.DIVISION_BY_ZERO, "division by zero");
        }
        boolean whole = divisor instanceof Integer || divisor instanceof Long;
        return amount.divide(exact, 0, whole ? RoundingMode.DOWN : RoundingMode.HALF_UP);
    }

    private static BigDecimal exact(Number number) {
        if (!Comparison.isFloating(number)) {
            return Comparison.decimal(number);
        }
        if (!Double.isFinite(number.doubleValue())) {
            throw new RowFailure(ErrorCode.NUMERIC_OVERFLOW, number + " as factor of an interval");
        }
        return BigDecimal.valueOf(number.doubleValue());
    }

    private static Object rounded(Call call, Object value, String unitName, ZoneId zone) {
        TimeUnit unit = TimeUnit.valueOf(unitName);
        boolean up = call.function() == ScalarFunction.CEIL;
        if (Types.isInterval(call.type())) {
            BigDecimal size = InterpretedTimeUnits.size(unit, Types.isMonths(call.type()));
            RoundingMode mode = up ? RoundingMode.CEILING : RoundingMode.FLOOR;
            return ofAmount(call.type(), amount(value).divide(size, 0, mode).multiply(size));
        }
        LocalDateTime local = local(value, zone);
        LocalDateTime floor = InterpretedTimeUnits.floor(local, unit);
        LocalDateTime rounded = up && !floor.equals(local) ? InterpretedTimeUnits.next(floor, unit) : floor;
        return ofLocal(value instanceof Instant ? inRange(rounded) : rounded, call.type(), zone);
    }

    static Object call(Call call, @Nullable Object[] values, EvaluationContext context) {
        Object first = Objects.requireNonNull(values[0]);
        Object second = values.length > 1 ? Objects.requireNonNull(values[1]) : first;
        ZoneId zone = context.zone();
        return switch (call.function()) {
            case EXTRACT ->
                InterpretedNumbers.number(extract(TimeUnit.valueOf((String) first), second, zone), call.type());
            case TIMESTAMP_DIFF ->
                InterpretedNumbers.number(
                        InterpretedTimeUnits.between(
                                TimeUnit.valueOf((String) first),
                                local(second, zone),
                                local(Objects.requireNonNull(values[2]), zone)),
                        call.type());
            case UNIX_MILLIS -> InterpretedNumbers.number(millis(first), call.type());
            case TIMESTAMP_OF_MILLIS -> ofMicros(Math.multiplyExact(((Number) first).longValue(), 1000L), call.type());
            case TIMESTAMP_OF_SECONDS ->
                ofMicros(
                        exact((Number) first)
                                .multiply(MICROS_PER_SECOND)
                                .setScale(0, RoundingMode.HALF_UP)
                                .longValueExact(),
                        call.type());
            case PARSE_TIMESTAMP -> {
                boolean zoned = Types.isZoned(call.type());
                long micros = TimePattern.of((String) second).parse((String) first, zoned ? zone : ZoneOffset.UTC);
                yield ofMicros(micros, call.type());
            }
            case AT_TIME_ZONE -> atTimeZone(first, zone((String) second), call.type());
            case FORMAT_TIMESTAMP -> TimePattern.of((String) second).format(local(first, zone), zone);
            case MAKE_DATE ->
                LocalDate.ofEpochDay(
                        MadeTimes.day(whole(first), whole(second), whole(Objects.requireNonNull(values[2]))));
            case MAKE_TIME ->
                LocalTime.ofNanoOfDay(1_000
                        * MadeTimes.time(whole(first), whole(second), (Double) Objects.requireNonNull(values[2])));
            default -> throw new IllegalStateException("no interpreter for " + call.function());
        };
    }

    private static long whole(Object number) {
        return ((Number) number).longValue();
    }

    private static ZoneId zone(String name) {
        ZoneId zone = ZoneNames.named(name);
        if (zone == null) {
            throw new RowFailure(ErrorCode.INVALID_ARGUMENT, "time zone \"" + name + "\" not recognized");
        }
        return zone;
    }

    private static Object atTimeZone(Object time, ZoneId zone, DataType type) {
        if (time instanceof Instant instant) {
            return ofLocal(local(instant, zone), type, ZoneOffset.UTC);
        }
        LocalDateTime reading = (LocalDateTime) time;
        return ofMicros(micros(reading.toInstant(ZoneNames.offset(zone, reading))), type);
    }

    private static long millis(Object time) {
        Instant instant = time instanceof Instant moment
                ? moment
                : local(time, ZoneOffset.UTC).toInstant(ZoneOffset.UTC);
        return instant.toEpochMilli();
    }

    private static long extract(TimeUnit unit, Object value, ZoneId zone) {
        if (value instanceof Period || value instanceof Duration) {
            return InterpretedTimeUnits.extract(unit, amount(value), value instanceof Period);
        }
        LocalDateTime local = local(value, zone);
        int year = local.getYear();
        return switch (unit) {
            case MICROSECOND -> local.getSecond() * 1_000_000L + local.getNano() / 1000;
            case MILLISECOND -> local.getSecond() * 1_000L + local.getNano() / 1_000_000;
            case SECOND -> local.getSecond();
            case MINUTE -> local.getMinute();
            case HOUR -> local.getHour();
            case DAY -> local.getDayOfMonth();
            case WEEK -> local.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case MONTH -> local.getMonthValue();
            case QUARTER -> local.get(IsoFields.QUARTER_OF_YEAR);
            case YEAR -> year;
            case DECADE -> Math.floorDiv(year, 10);
            case CENTURY -> Math.floorDiv(year - 1, 100) + 1;
            case MILLENNIUM -> Math.floorDiv(year - 1, 1000) + 1;
            case DOW -> local.getDayOfWeek().getValue() % 7 + 1;
            case ISODOW -> local.getDayOfWeek().getValue();
            case DOY -> local.getDayOfYear();
            case ISOYEAR -> local.get(IsoFields.WEEK_BASED_YEAR);
            case EPOCH ->
                value instanceof Instant instant
                        ? instant.getEpochSecond()
                        : local.getLong(ChronoField.EPOCH_DAY) * 86_400
                                + local.toLocalTime().toSecondOfDay();
        };
    }

    static LocalDateTime monday(LocalDateTime day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
