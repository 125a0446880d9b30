package io.millrace.sql.lower;

import io.millrace.plan.expression.Expression.Literal;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.sql.type.Types;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/** Calcite's constants in the form of JavaValues. Its intervals count months or milliseconds. */
final class Literals {

    private Literals() {}

    static Literal lower(RexLiteral literal) {
        DataType type = Types.fromCalcite(literal.getType());
        if (literal.isNull()) {
            return new Literal(null, type);
        }
        return switch (type) {
            case CharacterType t -> new Literal(text(literal), DataType.VARCHAR);
            case BinaryType t -> new Literal(get(literal, ByteString.class).getBytes(), DataType.VARBINARY);
            default -> new Literal(value(literal, type), type);
        };
    }

    private static Object value(RexLiteral literal, DataType type) {
        return switch (type) {
            case BooleanType t -> get(literal, Boolean.class);
            case IntegerType t when t.bits() == 64 -> number(literal).longValueExact();
            case IntegerType t -> number(literal).intValueExact();
            case FloatingType t when t.bits() == 64 -> get(literal, Double.class);
            case FloatingType t -> get(literal, Double.class).floatValue();
            case DecimalType t -> number(literal).setScale(t.scale(), RoundingMode.UNNECESSARY);
            case DateType t -> LocalDate.parse(get(literal, DateString.class).toString());
            case TimeType t -> LocalTime.parse(get(literal, TimeString.class).toString());
            case TimestampType t when t.zoned() -> timestamp(literal).toInstant(ZoneOffset.UTC);
            case TimestampType t -> timestamp(literal);
            case IntervalType t
            when t.months() -> Period.ofMonths(number(literal).intValueExact());
            case IntervalType t -> Duration.ofMillis(number(literal).longValueExact());
            default -> throw new IllegalStateException("constant of type " + type);
        };
    }

    private static String text(RexLiteral literal) {
        String text = literal.getValueAs(String.class);
        return text == null ? "" : text;
    }

    private static BigDecimal number(RexLiteral literal) {
        return get(literal, BigDecimal.class);
    }

    private static LocalDateTime timestamp(RexLiteral literal) {
        return LocalDateTime.parse(
                get(literal, TimestampString.class).toString().replace(' ', 'T'));
    }

    private static <T> T get(RexLiteral literal, Class<T> type) {
        @Nullable T value = literal.getValueAs(type);
        if (value == null) {
            throw new IllegalStateException("constant " + literal + " is no " + type);
        }
        return value;
    }
}
