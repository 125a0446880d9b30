package io.millrace.sql.system.query;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.ZoneNames;
import io.millrace.sql.lower.PostgresPattern;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;

/** Functions of times, and those of numbers that clients wrap around them. */
final class TimeFunctions {

    private static final Map<String, ChronoField> PARTS = Map.of(
            "EPOCH", ChronoField.INSTANT_SECONDS,
            "YEAR", ChronoField.YEAR,
            "MONTH", ChronoField.MONTH_OF_YEAR,
            "DAY", ChronoField.DAY_OF_MONTH,
            "HOUR", ChronoField.HOUR_OF_DAY,
            "MINUTE", ChronoField.MINUTE_OF_HOUR,
            "SECOND", ChronoField.SECOND_OF_MINUTE);

    private TimeFunctions() {}

    static void register(Function.Registry functions) {
        functions.lenient(
                "timezone",
                2,
                2,
                arguments -> isPlain(arguments) ? DataType.TIMESTAMP_WITH_TIME_ZONE : DataType.TIMESTAMP,
                (c, a) -> a[0] == null || a[1] == null ? null : turned(zone(Values.text(a[0])), a[1]));
        functions.lenient(
                "round",
                1,
                2,
                arguments -> arguments.getFirst().type(),
                (c, a) -> a[0] == null
                        ? null
                        : rounded(
                                Values.number(a[0]),
                                a.length > 1 && a[1] != null
                                        ? Values.number(a[1]).intValue()
                                        : 0));
        functions.strict("to_char", 2, 2, DataType.VARCHAR, (c, a) -> written(a[0], Values.text(a[1])));
        functions.strict(
                "age",
                1,
                1,
                DataType.INTEGER,
                (c, a) -> Math.toIntExact(
                        Math.max(0, Scope.TRANSACTION - Values.number(a[0]).longValue())));
        functions.strict("pg_postmaster_start_time", 0, 0, DataType.TIMESTAMP_WITH_TIME_ZONE, (c, a) -> started(c));
    }

    private static String written(Object time, String pattern) {
        return DateTimeFormatter.ofPattern(PostgresPattern.toJava(pattern), Locale.ROOT)
                .format(Casts.toInstant(time).atOffset(ZoneOffset.UTC));
    }

    /** When this process started; where the system does not tell, now. */
    private static Instant started(Context context) {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .orElse(context.snapshot().session().now());
    }

    private static boolean isPlain(List<Expression> arguments) {
        return arguments.get(1).type() instanceof TimestampType timestamp && !timestamp.zoned();
    }

    private static ZoneId zone(String name) {
        ZoneId zone = ZoneNames.named(name);
        if (zone == null) {
            throw new MillraceException(ErrorCode.INVALID_ARGUMENT, "time zone \"" + name + "\" not recognized");
        }
        return zone;
    }

    private static Object turned(ZoneId zone, Object time) {
        return time instanceof LocalDateTime reading
                ? reading.toInstant(ZoneNames.offset(zone, reading))
                : LocalDateTime.ofInstant(Casts.toInstant(time), zone);
    }

    private static Number rounded(Number number, int digits) {
        return Values.integral(number) && digits >= 0
                ? number
                : new BigDecimal(number.toString()).setScale(digits, RoundingMode.HALF_UP);
    }

    /** {@code EXTRACT(unit FROM time)}, of a time in UTC. */
    static Expression extract(SqlCall call, Expression time) {
        SqlIntervalQualifier unit = call.operand(0);
        String name = unit.timeFrameName == null ? unit.getStartUnit().name() : unit.timeFrameName;
        ChronoField part = PARTS.get(name.toUpperCase(Locale.ROOT));
        if (part == null) {
            throw Failures.unsupported(call, "EXTRACT of " + name);
        }
        return new Expression(DataType.BIGINT, frame -> {
            Object value = time.value(frame);
            return value == null
                    ? null
                    : Casts.toInstant(value).atOffset(ZoneOffset.UTC).getLong(part);
        });
    }
}
