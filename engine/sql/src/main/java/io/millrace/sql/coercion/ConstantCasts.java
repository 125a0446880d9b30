package io.millrace.sql.coercion;

import io.millrace.plan.expression.Expression.Literal;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.TimestampType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** Casts of constants that cannot fail and cannot round: the rest is for the runtime, whose rules count. */
final class ConstantCasts {

    private static final int MICROSECOND_TEXT_MAX = "2026-01-01T00:00:00.000000".length();

    private ConstantCasts() {}

    /** Returns the constant as the type, or null where only the runtime can tell. */
    static @Nullable Literal fold(Literal literal, DataType type) {
        Object value = literal.value();
        if (value == null) {
            return new Literal(null, type);
        }
        Object folded = switch (value) {
            case Integer number -> number(BigDecimal.valueOf(number), type);
            case Long number -> number(BigDecimal.valueOf(number), type);
            case BigDecimal number -> number(number, type);
            case String text -> text(text, type);
            case LocalDateTime time ->
                type instanceof TimestampType t && !t.zoned() && t.precision() >= precision(literal) ? time : null;
            case LocalDate date -> type instanceof TimestampType t && !t.zoned() ? date.atStartOfDay() : null;
            default -> null;
        };
        return folded == null ? null : new Literal(folded, type);
    }

    private static int precision(Literal literal) {
        return literal.type() instanceof TimestampType type ? type.precision() : Integer.MAX_VALUE;
    }

    private static @Nullable Object number(BigDecimal number, DataType type) {
        return switch (type) {
            case IntegerType t -> integer(number, t);
            case DecimalType t -> {
                BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
                boolean fits =
                        plain.scale() <= t.scale() && plain.precision() - plain.scale() <= t.precision() - t.scale();
                yield fits ? number.setScale(t.scale()) : null;
            }
            case FloatingType t -> t.bits() == 64 ? (Object) number.doubleValue() : (Object) number.floatValue();
            default -> null;
        };
    }

    private static @Nullable Object integer(BigDecimal number, IntegerType type) {
        if (number.stripTrailingZeros().scale() > 0 || number.toBigInteger().bitLength() >= type.bits()) {
            return null;
        }
        return type.bits() == 64 ? (Object) number.longValue() : (Object) number.intValue();
    }

    private static @Nullable Object text(String text, DataType type) {
        try {
            return switch (type) {
                case CharacterType t -> !t.fixed() && text.codePointCount(0, text.length()) <= t.length() ? text : null;
                case DateType t -> LocalDate.parse(text);
                case TimestampType t
                when !t.zoned() && t.precision() == 6 && text.length() <= MICROSECOND_TEXT_MAX ->
                    LocalDateTime.parse(text.replace(' ', 'T'));
                default -> null;
            };
        } catch (DateTimeException e) {
            return null;
        }
    }
}
