package io.millrace.sql.lower;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.ZoneNames;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.error.SqlErrors;
import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code AT TIME ZONE}. */
final class TimeZoneCalls {

    private TimeZoneCalls() {}

    /** @param arguments the zone and the time: a date or a text is an instant, as PostgreSQL reads them here */
    static Expression lower(List<Expression> arguments, DataType type, boolean nullable, SqlParserPos pos) {
        Expression zone = Coercion.to(DataType.VARCHAR, arguments.get(0));
        Expression time = arguments.get(1);
        if (zone instanceof Literal literal && literal.value() instanceof String name) {
            checkZone(name, pos);
        }
        if (time.type() instanceof TimeType) {
            throw SqlErrors.unsupported(
                    "AT TIME ZONE of a TIME is not supported", "add a day to it: CAST(… AS TIMESTAMP)", pos);
        }
        Expression timestamp =
                time.type() instanceof TimestampType ? time : Coercion.to(DataType.TIMESTAMP_WITH_TIME_ZONE, time);
        return new Call(ScalarFunction.AT_TIME_ZONE, List.of(timestamp, zone), type, nullable);
    }

    private static void checkZone(String name, SqlParserPos pos) {
        if (ZoneNames.named(name) == null) {
            throw SqlErrors.at(
                    ErrorCode.INVALID_ARGUMENT,
                    "time zone \"" + name + "\" not recognized",
                    "name a region such as Europe/Berlin, or UTC",
                    pos);
        }
    }
}
