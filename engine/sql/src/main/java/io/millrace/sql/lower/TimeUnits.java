package io.millrace.sql.lower;

import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.TimeUnit;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.type.DataType;
import io.millrace.sql.error.SqlErrors;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Names of units of time, as the plan has them. */
final class TimeUnits {

    /** PostgreSQL's other spellings. */
    private static final Map<String, String> SPELLINGS = Map.of(
            "MICROSECONDS", "MICROSECOND",
            "MILLISECONDS", "MILLISECOND",
            "SECONDS", "SECOND",
            "MINUTES", "MINUTE",
            "HOURS", "HOUR",
            "DAYS", "DAY",
            "WEEKS", "WEEK",
            "MONTHS", "MONTH",
            "YEARS", "YEAR");

    private TimeUnits() {}

    /** Returns the unit as the argument that FLOOR, EXTRACT and their like take. */
    static Literal literal(String name, SqlParserPos pos) {
        String upper = name.toUpperCase(Locale.ROOT);
        String unit = SPELLINGS.getOrDefault(upper, upper);
        for (TimeUnit known : TimeUnit.values()) {
            if (known.name().equals(unit)) {
                return new Literal(unit, DataType.VARCHAR);
            }
        }
        throw SqlErrors.at(
                ErrorCode.INVALID_STATEMENT,
                "no unit of time named '" + name + "'",
                "use one of "
                        + String.join(
                                ", ",
                                java.util.Arrays.stream(TimeUnit.values())
                                        .map(Enum::name)
                                        .toList()),
                pos);
    }
}
