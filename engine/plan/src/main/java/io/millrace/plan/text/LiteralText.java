package io.millrace.plan.text;

import io.millrace.plan.expression.Expression.Literal;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.TimestampType;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.HexFormat;

/** A constant as SQL writes it. */
final class LiteralText {

    private LiteralText() {}

    static String render(Literal literal) {
        Object value = literal.value();
        DataType type = literal.type();
        return switch (value) {
            case null -> "CAST(NULL AS " + type + ")";
            case String text -> quote(text) + (type instanceof CharacterType t && t.fixed() ? ":" + t : "");
            case Boolean b -> b ? "TRUE" : "FALSE";
            case byte[] bytes -> "X'" + HexFormat.of().withUpperCase().formatHex(bytes) + "'";
            case LocalDate date -> "DATE '" + date + "'";
            case LocalTime time -> "TIME '" + time + "'";
            case LocalDateTime time -> "TIMESTAMP '" + time + "'";
            case Period months -> "INTERVAL '" + months.toTotalMonths() + "' MONTH";
            case Duration duration -> "INTERVAL '" + DurationText.seconds(duration) + "' SECOND";
            default -> type instanceof TimestampType ? "TIMESTAMP '" + value + "'" : number(value, type);
        };
    }

    private static String number(Object value, DataType type) {
        return type == DataType.INTEGER || type instanceof DataType.DecimalType ? value.toString() : value + ":" + type;
    }

    static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
