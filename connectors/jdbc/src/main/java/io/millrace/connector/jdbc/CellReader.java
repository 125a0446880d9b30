package io.millrace.connector.jdbc;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntegerType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the values of one column of an answer, each as itself: one that does not fit its type is refused. */
final class CellReader {

    /** How states of SQL begin that are about a value. */
    private static final String DATA_EXCEPTION = "22";

    private final RelationSettings settings;
    private final String column;
    private final int place;
    private final DataType type;

    /** @param place of the column in the answer, from 1 */
    CellReader(RelationSettings settings, String column, int place, DataType type) {
        this.settings = settings;
        this.column = column;
        this.place = place;
        this.type = type;
    }

    void read(ResultSet rows, Column into, int row) throws SQLException {
        if (text()) {
            String text = rows.getString(place);
            if (text == null) {
                JavaValues.set(type, into, row, null);
            } else {
                parse(text, into, row);
            }
            return;
        }
        Object value = valueOrRefusal(rows);
        try {
            JavaValues.set(type, into, row, value);
        } catch (ArithmeticException e) {
            throw refused(String.valueOf(value));
        }
    }

    /** SQLite keeps times as text. */
    private boolean text() {
        return switch (type) {
            case DataType.CharacterType t -> true;
            case DataType.DateType t -> !settings.dialect().takesTimes();
            case DataType.TimeType t -> !settings.dialect().takesTimes();
            case DataType.TimestampType t -> !settings.dialect().takesTimes();
            default -> false;
        };
    }

    private void parse(String text, Column into, int row) {
        into.ensureCapacity(row + 1);
        into.clearNull(row);
        try {
            SqlText.parse(type, text, ZoneOffset.UTC, into, row);
        } catch (MillraceException e) {
            throw refused(text);
        }
    }

    /** A driver that cannot make a value of what came, as of a NaN that is no number, fails the same way the next time. */
    private @Nullable Object valueOrRefusal(ResultSet rows) throws SQLException {
        try {
            return value(rows);
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith(DATA_EXCEPTION)) {
                throw refused(rows.getString(place));
            }
            throw e;
        }
    }

    private @Nullable Object value(ResultSet rows) throws SQLException {
        return switch (type) {
            case DataType.BooleanType t -> {
                boolean value = rows.getBoolean(place);
                yield rows.wasNull() ? null : (Object) value;
            }
            case IntegerType t -> integer(rows, t);
            case DataType.FloatingType t -> {
                double value = rows.getDouble(place);
                yield rows.wasNull() ? null : t.bits() == 64 ? (Object) value : (Object) (float) value;
            }
            case DecimalType t -> decimal(rows.getBigDecimal(place), t);
            case DataType.BinaryType t -> rows.getBytes(place);
            case DataType.DateType t -> rows.getObject(place, LocalDate.class);
            case DataType.TimeType t -> rows.getObject(place, LocalTime.class);
            case DataType.TimestampType t
            when t.zoned() -> {
                OffsetDateTime value = rows.getObject(place, OffsetDateTime.class);
                yield value == null ? null : value.toInstant();
            }
            case DataType.TimestampType t -> rows.getObject(place, LocalDateTime.class);
            case ArrayType t -> list(rows.getArray(place), t.element());
            default -> throw new IllegalStateException("no column is read as " + type);
        };
    }

    private @Nullable Object integer(ResultSet rows, IntegerType integer) throws SQLException {
        // SQLite has values of any kind in any column, and makes 0 of text.
        if (settings.dialect() == Dialect.SQLITE) {
            Object value = rows.getObject(place);
            if (value != null && !(value instanceof Integer || value instanceof Long)) {
                throw refused(String.valueOf(value));
            }
        }
        long value = rows.getLong(place);
        if (rows.wasNull()) {
            return null;
        }
        if (integer.bits() == 64) {
            return value;
        }
        if (value != value << (64 - integer.bits()) >> (64 - integer.bits())) {
            throw refused(String.valueOf(value));
        }
        return (int) value;
    }

    private @Nullable BigDecimal decimal(@Nullable BigDecimal value, DecimalType decimal) {
        if (value == null) {
            return null;
        }
        try {
            return value.setScale(decimal.scale(), RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw refused(value.toPlainString());
        }
    }

    private @Nullable List<@Nullable Object> list(@Nullable Array array, DataType element) throws SQLException {
        if (array == null) {
            return null;
        }
        List<@Nullable Object> list = new ArrayList<>();
        for (Object value : (Object[]) array.getArray()) {
            list.add(element(value, element));
        }
        return list;
    }

    private @Nullable Object element(@Nullable Object value, DataType element) {
        return switch (element) {
            case DataType.CharacterType t when value != null && !(value instanceof Object[]) -> value.toString();
            case DecimalType t when value instanceof BigDecimal number -> decimal(number, t);
            case IntegerType t when t.bits() == 16 && value instanceof Number number -> number.intValue();
            default -> {
                if (value instanceof Object[]) {
                    throw refused("an array of arrays");
                }
                yield value;
            }
        };
    }

    private MillraceException refused(String value) {
        String shown = value.length() > 100 ? value.substring(0, 100) + "…" : value;
        return new MillraceException(
                ErrorCode.INVALID_VALUE,
                settings + ": column '" + column + "' has a value that is no " + type + ": " + shown,
                String.format(
                        Locale.ROOT,
                        "declare a type that has room for it, VARCHAR or a wider one: CREATE OR REPLACE EXTERNAL TABLE"
                                + " %s (%s VARCHAR, …) FROM …",
                        settings.name(),
                        column));
    }
}
