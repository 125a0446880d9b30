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

    private final int oid;
    private final long bits;
    private final @Nullable NestedType nested;
    private @Nullable String text;

    /** A cell that came as text. */
    CellValue(String text, int oid) {
        this(text, oid, null);
    }

    /** A cell that came as text; {@code nested} says what is in it where its number does not. */
    CellValue(String text, int oid, @Nullable NestedType nested) {
        this.nested = nested;
        this.text = text;
        this.oid = oid;
        this.bits = 0;
    }

    /** A cell that came as bits of fixed width. */
    CellValue(long bits, int oid) {
        this.bits = bits;
        this.oid = oid;
        this.nested = null;
    }

    String text() {
        String known = text;
        if (known == null) {
            known = FixedWidth.text(SqlType.of(oid), bits);
            text = known;
        }
        return known;
    }

    private boolean fixedWidth() {
        return text == null;
    }

    long whole(long min, long max, String type) throws SQLException {
        if (!fixedWidth() || !integer()) {
            return Numbers.whole(text(), min, max, type);
        }
        if (bits < min || bits > max) {
            throw SqlErrors.range(text(), type);
        }
        return bits;
    }

    private boolean integer() {
        return oid == SqlType.BIGINT.oid || oid == SqlType.INTEGER.oid || oid == SqlType.SMALLINT.oid;
    }

    double floating() throws SQLException {
        if (fixedWidth()) {
            if (oid == SqlType.DOUBLE.oid) {
                return Double.longBitsToDouble(bits);
            }
            if (oid == SqlType.INTEGER.oid || oid == SqlType.SMALLINT.oid) {
                return bits;
            }
        }
        return Numbers.floating(text());
    }

    /** Unlike by way of a double, this rounds once. */
    float singleFloating() throws SQLException {
        return fixedWidth() && oid == SqlType.REAL.oid
                ? Float.intBitsToFloat((int) bits)
                : Numbers.singleFloating(text());
    }

    boolean truth() throws SQLException {
        boolean bit = fixedWidth() && oid == SqlType.BOOLEAN.oid;
        return bit ? bits != 0 : Numbers.truth(text());
    }

    BigDecimal decimal() throws SQLException {
        return Numbers.decimal(text());
    }

    /** The wall clock of a timestamp without a zone. */
    private LocalDateTime wallClock() throws SQLException {
        if (fixedWidth() && oid == SqlType.TIMESTAMP.oid) {
            return FixedWidth.timestamp(bits);
        }
        return fixedWidth() && oid == SqlType.DATE.oid
                ? FixedWidth.date(bits).atStartOfDay()
                : Temporals.timestamp(text());
    }

    private LocalTime localTime() throws SQLException {
        return fixedWidth() && oid == SqlType.TIME.oid ? FixedWidth.time(bits) : Temporals.time(text());
    }

    /** Returns it as what its type is by JDBC's table. */
    Object object() throws SQLException {
        Object made = nested == null ? null : nested.value(JsonText.parse(text()));
        if (made != null) {
            return made;
        }
        if (SqlType.isArray(oid)) {
            return new MillraceArray(oid, text());
        }
        switch (SqlType.of(oid)) {
            case BOOLEAN:
                return truth();
            case SMALLINT:
            case INTEGER:
                return (int) whole(Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
            case BIGINT:
            case OID:
                return whole(Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
            case REAL:
                return singleFloating();
            case DOUBLE:
                return floating();
            case DECIMAL:
                return text().equals("NaN") || text().endsWith("Infinity") ? floating() : decimal();
            case VARBINARY:
                return BinaryText.parse(text());
            case DATE:
                return date(null);
            case TIME:
                return time(null);
            case TIME_ZONED:
                return Temporals.offsetTime(text());
            case TIMESTAMP:
                return timestamp(null);
            case TIMESTAMP_ZONED:
                return Temporals.offsetTimestamp(text());
            case UUID:
                return uuid();
            default:
                return text();
        }
    }

    Object object(Class<?> type) throws SQLException {
        if (type == Object.class) {
            return object();
        }
        if (type == String.class) {
            return text();
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
        if (type == java.sql.Array.class && nested == null) {
            return new MillraceArray(oid, text());
        }
        Object value = object();
        if (type.isInstance(value)) {
            return value;
        }
        throw SqlErrors.value("a column of type " + SqlType.name(oid) + " is no " + type.getName());
    }

    private @Nullable Object number(Class<?> type) throws SQLException {
        if (type == Boolean.class || type == boolean.class) {
            return truth();
        }
        if (type == Byte.class || type == byte.class) {
            return (byte) whole(Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
        }
        if (type == Short.class || type == short.class) {
            return (short) whole(Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
        }
        if (type == Integer.class || type == int.class) {
            return (int) whole(Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
        }
        if (type == Long.class || type == long.class) {
            return whole(Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
        }
        if (type == Float.class || type == float.class) {
            return singleFloating();
        }
        if (type == Double.class || type == double.class) {
            return floating();
        }
        if (type == BigDecimal.class) {
            return decimal();
        }
        return type == BigInteger.class ? decimal().toBigInteger() : null;
    }

    private @Nullable Object temporal(Class<?> type) throws SQLException {
        if (type == LocalDate.class) {
            return localDate();
        }
        if (type == LocalTime.class) {
            return localTime();
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
            return Temporals.offsetTime(text());
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
        if (fixedWidth() && oid == SqlType.DATE.oid) {
            return FixedWidth.date(bits);
        }
        return zoned() ? local(ZoneId.systemDefault()).toLocalDate() : Temporals.date(text());
    }

    /** Instants are shown as a zone has them; timestamps without a zone as they are. */
    private LocalDateTime local(ZoneId zone) throws SQLException {
        if (oid == SqlType.TIME.oid || oid == SqlType.TIME_ZONED.oid) {
            return LocalDate.EPOCH.atTime(localTime());
        }
        return zoned()
                ? Temporals.offsetTimestamp(text()).atZoneSameInstant(zone).toLocalDateTime()
                : wallClock();
    }

    private OffsetDateTime offset() throws SQLException {
        return zoned()
                ? Temporals.offsetTimestamp(text())
                : wallClock().atZone(ZoneId.systemDefault()).toOffsetDateTime();
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
            return Timestamp.from(Temporals.offsetTimestamp(text()).toInstant());
        }
        if (calendar == null && fixedWidth() && oid == SqlType.TIMESTAMP.oid) {
            return FixedWidth.timestamp(bits, zone);
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
                ? BinaryText.parse(text())
                : text().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private UUID uuid() throws SQLException {
        try {
            return UUID.fromString(text());
        } catch (IllegalArgumentException e) {
            throw SqlErrors.value("'" + text + "' is no UUID");
        }
    }
}
