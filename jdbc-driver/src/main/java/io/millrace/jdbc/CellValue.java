package io.millrace.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A cell that is not NULL, and the ways to look at it. */
final class CellValue {

    private final String text;
    private final int oid;

    CellValue(String text, int oid) {
        this.text = text;
        this.oid = oid;
    }

    /** Returns it as what its type is by JDBC's table. */
    Object object() throws SQLException {
        if (SqlType.isArray(oid)) {
            return new MillraceArray(oid, text);
        }
        switch (SqlType.of(oid)) {
            case BOOLEAN:
                return Numbers.truth(text);
            case SMALLINT:
            case INTEGER:
                return (int) Numbers.whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
            case BIGINT:
            case OID:
                return Numbers.whole(text, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
            case REAL:
                return Numbers.singleFloating(text);
            case DOUBLE:
                return Numbers.floating(text);
            case DECIMAL:
                return text.equals("NaN") || text.endsWith("Infinity") ? Numbers.floating(text) : Numbers.decimal(text);
            case VARBINARY:
                return BinaryText.parse(text);
            case DATE:
                return date(null);
            case TIME:
                return time(null);
            case TIME_ZONED:
                return Temporals.offsetTime(text);
            case TIMESTAMP:
                return timestamp(null);
            case TIMESTAMP_ZONED:
                return Temporals.offsetTimestamp(text);
            case UUID:
                return uuid();
            default:
                return text;
        }
    }

    Object object(Class<?> type) throws SQLException {
        if (type == Object.class) {
            return object();
        }
        if (type == String.class) {
            return text;
        }
        Object number = number(type);
        if (number != null) {
            return number;
        }
        Object temporal = temporal(type);
        if (temporal != null) {
            return temporal;
        }
        if (type == byte[].class) {
            return bytes();
        }
        if (type == UUID.class) {
            return uuid();
        }
        if (type == java.sql.Array.class) {
            return new MillraceArray(oid, text);
        }
        Object value = object();
        if (type.isInstance(value)) {
            return value;
        }
        throw SqlErrors.value("a column of type " + SqlType.name(oid) + " is no " + type.getName());
    }

    private @Nullable Object number(Class<?> type) throws SQLException {
        if (type == Boolean.class || type == boolean.class) {
            return Numbers.truth(text);
        }
        if (type == Byte.class || type == byte.class) {
            return (byte) Numbers.whole(text, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
        }
        if (type == Short.class || type == short.class) {
            return (short) Numbers.whole(text, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
        }
        if (type == Integer.class || type == int.class) {
            return (int) Numbers.whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
        }
        if (type == Long.class || type == long.class) {
            return Numbers.whole(text, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
        }
        if (type == Float.class || type == float.class) {
            return Numbers.singleFloating(text);
        }
        if (type == Double.class || type == double.class) {
            return Numbers.floating(text);
        }
        if (type == BigDecimal.class) {
            return Numbers.decimal(text);
        }
        return type == BigInteger.class ? Numbers.decimal(text).toBigInteger() : null;
    }

    private @Nullable Object temporal(Class<?> type) throws SQLException {
        if (type == LocalDate.class) {
            return localDate();
        }
        if (type == LocalTime.class) {
            return Temporals.time(text);
        }
        if (type == LocalDateTime.class) {
            return local(ZoneId.systemDefault());
        }
        if (type == OffsetDateTime.class) {
            return offset();
        }
        if (type == ZonedDateTime.class) {
            return offset().toZonedDateTime();
        }
        if (type == Instant.class) {
            return offset().toInstant();
        }
        if (type == OffsetTime.class) {
            return Temporals.offsetTime(text);
        }
        if (type == Date.class) {
            return date(null);
        }
        if (type == Time.class) {
            return time(null);
        }
        return type == Timestamp.class || type == java.util.Date.class ? timestamp(null) : null;
    }

    private boolean zoned() {
        return oid == SqlType.TIMESTAMP_ZONED.oid;
    }

    private LocalDate localDate() throws SQLException {
        return zoned() ? local(ZoneId.systemDefault()).toLocalDate() : Temporals.date(text);
    }

    /** Instants are shown as a zone has them; timestamps without a zone as they are. */
    private LocalDateTime local(ZoneId zone) throws SQLException {
        if (oid == SqlType.TIME.oid || oid == SqlType.TIME_ZONED.oid) {
            return LocalDate.EPOCH.atTime(Temporals.time(text));
        }
        return zoned()
                ? Temporals.offsetTimestamp(text).atZoneSameInstant(zone).toLocalDateTime()
                : Temporals.timestamp(text);
    }

    private OffsetDateTime offset() throws SQLException {
        return zoned()
                ? Temporals.offsetTimestamp(text)
                : Temporals.timestamp(text).atZone(ZoneId.systemDefault()).toOffsetDateTime();
    }

    Date date(@Nullable Calendar calendar) throws SQLException {
        ZoneId zone = zone(calendar);
        LocalDate date = local(zone).toLocalDate();
        return calendar == null
                ? Date.valueOf(date)
                : new Date(date.atStartOfDay(zone).toInstant().toEpochMilli());
    }

    Time time(@Nullable Calendar calendar) throws SQLException {
        ZoneId zone = zone(calendar);
        LocalTime time = local(zone).toLocalTime();
        return new Time(LocalDate.EPOCH.atTime(time).atZone(zone).toInstant().toEpochMilli());
    }

    Timestamp timestamp(@Nullable Calendar calendar) throws SQLException {
        ZoneId zone = zone(calendar);
        if (zoned()) {
            return Timestamp.from(Temporals.offsetTimestamp(text).toInstant());
        }
        return calendar == null
                ? Timestamp.valueOf(local(zone))
                : Timestamp.from(local(zone).atZone(zone).toInstant());
    }

    private static ZoneId zone(@Nullable Calendar calendar) {
        return calendar == null
                ? ZoneId.systemDefault()
                : calendar.getTimeZone().toZoneId();
    }

    byte[] bytes() throws SQLException {
        return oid == SqlType.VARBINARY.oid
                ? BinaryText.parse(text)
                : text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private UUID uuid() throws SQLException {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw SqlErrors.value("'" + text + "' is no UUID");
        }
    }
}
