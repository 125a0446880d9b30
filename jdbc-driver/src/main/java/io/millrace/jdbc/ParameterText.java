package io.millrace.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A parameter as it goes to the server. */
final class ParameterText {

    /** The server finds out the type from where the parameter stands. */
    private static final int UNKNOWN = 0;

    private final @Nullable String text;
    private final int oid;

    ParameterText(@Nullable String text, int oid) {
        this.text = text;
        this.oid = oid;
    }

    @Nullable
    String text() {
        return text;
    }

    int oid() {
        return oid;
    }

    /**
     * Chooses by the value's class. Text and whole moments carry no type, so that they go wherever the server has a
     * place for them.
     */
    static ParameterText of(@Nullable Object value) throws SQLException {
        if (value == null) {
            return new ParameterText(null, UNKNOWN);
        }
        ParameterText scalar = scalar(value);
        if (scalar != null) {
            return scalar;
        }
        ParameterText temporal = temporal(value, null);
        if (temporal != null) {
            return temporal;
        }
        if (value instanceof Array) {
            return array((Array) value);
        }
        if (value instanceof Struct || value instanceof Map) {
            return new ParameterText(JsonText.write(value), UNKNOWN);
        }
        if (value instanceof Object[]) {
            return list(Arrays.asList((Object[]) value));
        }
        if (value instanceof List) {
            return list((List<?>) value);
        }
        throw SqlErrors.value("there is no SQL type for " + value.getClass().getName());
    }

    private static ParameterText array(Array value) throws SQLException {
        if (value instanceof MillraceArray) {
            MillraceArray array = (MillraceArray) value;
            return new ParameterText(array.text(), array.nested() ? UNKNOWN : array.oid());
        }
        return list(Arrays.asList((Object[]) value.getArray()));
    }

    /** Arrays of single values go in the server's words for them, all others as JSON. */
    private static ParameterText list(List<?> elements) throws SQLException {
        return new ParameterText(
                JsonText.documents(elements) ? JsonText.write(elements) : ArrayText.write(elements), UNKNOWN);
    }

    private static @Nullable ParameterText scalar(Object value) {
        if (value instanceof String || value instanceof Character) {
            return new ParameterText(value.toString(), UNKNOWN);
        }
        if (value instanceof Boolean) {
            return typed(value, SqlType.BOOLEAN);
        }
        if (value instanceof Byte || value instanceof Short) {
            return typed(value, SqlType.SMALLINT);
        }
        if (value instanceof Integer) {
            return typed(value, SqlType.INTEGER);
        }
        if (value instanceof Long) {
            return typed(value, SqlType.BIGINT);
        }
        if (value instanceof Float) {
            return typed(value, SqlType.REAL);
        }
        if (value instanceof Double) {
            return typed(value, SqlType.DOUBLE);
        }
        if (value instanceof BigDecimal) {
            return new ParameterText(((BigDecimal) value).toPlainString(), SqlType.DECIMAL.oid);
        }
        if (value instanceof BigInteger) {
            return typed(value, SqlType.DECIMAL);
        }
        if (value instanceof byte[]) {
            return new ParameterText(BinaryText.text((byte[]) value), SqlType.VARBINARY.oid);
        }
        return value instanceof UUID ? typed(value, SqlType.UUID) : null;
    }

    private static ParameterText typed(Object value, SqlType type) {
        return new ParameterText(value.toString(), type.oid);
    }

    /** Dates and times; a calendar says in which zone those of java.sql are to be read. */
    static @Nullable ParameterText temporal(Object value, @Nullable Calendar calendar) {
        ZoneId zone = calendar == null
                ? ZoneId.systemDefault()
                : calendar.getTimeZone().toZoneId();
        if (value instanceof Date) {
            return of(
                    Instant.ofEpochMilli(((Date) value).getTime()).atZone(zone).toLocalDate());
        }
        if (value instanceof Time) {
            return of(
                    Instant.ofEpochMilli(((Time) value).getTime()).atZone(zone).toLocalTime());
        }
        if (value instanceof Timestamp) {
            // With its offset it is right for columns with a zone, and the server drops it for those without.
            OffsetDateTime moment = ((Timestamp) value).toInstant().atZone(zone).toOffsetDateTime();
            return new ParameterText(Temporals.text(moment), UNKNOWN);
        }
        if (value instanceof java.util.Date) {
            return temporal(Timestamp.from(((java.util.Date) value).toInstant()), calendar);
        }
        return modern(value);
    }

    private static @Nullable ParameterText modern(Object value) {
        if (value instanceof LocalDate) {
            return of((LocalDate) value);
        }
        if (value instanceof LocalTime) {
            return of((LocalTime) value);
        }
        if (value instanceof LocalDateTime) {
            return new ParameterText(Temporals.text((LocalDateTime) value), SqlType.TIMESTAMP.oid);
        }
        if (value instanceof OffsetTime) {
            return new ParameterText(Temporals.text((OffsetTime) value), SqlType.TIME_ZONED.oid);
        }
        if (value instanceof OffsetDateTime) {
            return moment((OffsetDateTime) value);
        }
        if (value instanceof ZonedDateTime) {
            return moment(((ZonedDateTime) value).toOffsetDateTime());
        }
        return value instanceof Instant ? moment(((Instant) value).atOffset(ZoneOffset.UTC)) : null;
    }

    private static ParameterText of(LocalDate date) {
        return new ParameterText(Temporals.text(date), SqlType.DATE.oid);
    }

    private static ParameterText of(LocalTime time) {
        return new ParameterText(time.toString(), SqlType.TIME.oid);
    }

    private static ParameterText moment(OffsetDateTime moment) {
        return new ParameterText(Temporals.text(moment), SqlType.TIMESTAMP_ZONED.oid);
    }
}
