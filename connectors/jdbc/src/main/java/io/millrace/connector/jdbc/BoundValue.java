package io.millrace.connector.jdbc;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A constant as a parameter of a statement.
 *
 * @param value of a class that drivers know
 */
record BoundValue(Object value) {

    /** Returns a constant as it is compared with a column, or null where it is of another kind, so no value of it. */
    static @Nullable BoundValue of(Dialect dialect, DatabaseColumn column, Object constant) {
        Object value = dialect.holds(constant) ? value(column, constant) : null;
        return value == null ? null : new BoundValue(value);
    }

    private static @Nullable Object value(DatabaseColumn column, Object constant) {
        DataType type = column.type();
        if (type == null) {
            return null;
        }
        return switch (type) {
            case IntegerType t -> whole(constant);
            case DecimalType t -> number(constant);
            case FloatingType t -> floating(constant);
            case CharacterType t when column.typeName().equalsIgnoreCase("uuid") -> uuid(constant);
            case CharacterType t -> constant instanceof String ? constant : null;
            case DataType.BooleanType t -> constant instanceof Boolean ? constant : null;
            case DataType.DateType t -> constant instanceof LocalDate ? constant : null;
            case DataType.TimeType t -> constant instanceof LocalTime ? constant : null;
            case DataType.TimestampType t
            when t.zoned() -> constant instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : null;
            case DataType.TimestampType t -> constant instanceof LocalDateTime ? constant : null;
            default -> null;
        };
    }

    /** An index of whole numbers is of use for whole numbers only. */
    private static @Nullable Object whole(Object constant) {
        BigDecimal number = number(constant);
        if (number == null) {
            return null;
        }
        try {
            return number.longValueExact();
        } catch (ArithmeticException e) {
            return number;
        }
    }

    private static @Nullable BigDecimal number(Object constant) {
        return switch (constant) {
            case Integer n -> BigDecimal.valueOf(n);
            case Long n -> BigDecimal.valueOf(n);
            case BigDecimal n -> n;
            case Double n when Double.isFinite(n) -> new BigDecimal(n);
            case Float n when Float.isFinite(n) -> new BigDecimal(n);
            default -> null;
        };
    }

    private static @Nullable Object floating(Object constant) {
        return switch (constant) {
            case Double n when Double.isFinite(n) -> n;
            case Float n when Float.isFinite(n) -> (double) n;
            default -> null;
        };
    }

    /** What is not written as PostgreSQL writes it is equal to none of its texts. */
    private static @Nullable Object uuid(Object constant) {
        try {
            UUID uuid = UUID.fromString(String.valueOf(constant));
            return uuid.toString().equals(constant) ? uuid : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    void bind(PreparedStatement statement, int place) throws SQLException {
        switch (value) {
            case Long n -> statement.setLong(place, n);
            case Double n -> statement.setDouble(place, n);
            case BigDecimal n -> statement.setBigDecimal(place, n);
            case Boolean b -> statement.setBoolean(place, b);
            case String text -> statement.setString(place, text);
            default -> statement.setObject(place, value);
        }
    }

    /** Returns it as SQL writes it, to be shown. */
    @Override
    public String toString() {
        return switch (value) {
            case BigDecimal n -> n.toPlainString();
            case Number n -> n.toString();
            case Boolean b -> b.toString();
            default -> "'" + value.toString().replace("'", "''") + "'";
        };
    }
}
