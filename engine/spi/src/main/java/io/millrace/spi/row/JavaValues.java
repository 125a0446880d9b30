package io.millrace.spi.row;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cells as ordinary Java objects, for the edges, the interpreter and tests.
 *
 * <table>
 * <caption>The Java class of each SQL type</caption>
 * <tr><td>BOOLEAN</td><td>{@link Boolean}</td></tr>
 * <tr><td>TINYINT, SMALLINT, INTEGER</td><td>{@link Integer}</td></tr>
 * <tr><td>BIGINT</td><td>{@link Long}</td></tr>
 * <tr><td>REAL, DOUBLE</td><td>{@link Float}, {@link Double}</td></tr>
 * <tr><td>DECIMAL</td><td>{@link BigDecimal} of the type's scale</td></tr>
 * <tr><td>CHAR, VARCHAR</td><td>{@link String}</td></tr>
 * <tr><td>BINARY, VARBINARY</td><td>{@code byte[]}</td></tr>
 * <tr><td>DATE, TIME, TIMESTAMP</td><td>{@link LocalDate}, {@link LocalTime}, {@link LocalDateTime}</td></tr>
 * <tr><td>TIMESTAMP WITH LOCAL TIME ZONE</td><td>{@link Instant}</td></tr>
 * <tr><td>INTERVAL</td><td>{@link Period} of months, {@link Duration}</td></tr>
 * <tr><td>ARRAY, MAP, ROW</td><td>{@link List}, {@link Map}, {@link List} of the fields</td></tr>
 * </table>
 */
public final class JavaValues {

    private static final long MICROS_PER_SECOND = 1_000_000L;

    private JavaValues() {}

    /** Returns a cell's value, null for NULL. */
    public static @Nullable Object get(DataType type, Column column, int row) {
        if (column.isNull(row)) {
            return null;
        }
        return switch (type) {
            case BooleanType t -> ((BooleanColumn) column).get(row);
            case IntegerType t when t.bits() == 64 -> ((LongColumn) column).get(row);
            case IntegerType t -> ((IntColumn) column).get(row);
            case FloatingType t when t.bits() == 64 -> ((DoubleColumn) column).get(row);
            case FloatingType t -> ((FloatColumn) column).get(row);
            case DecimalType t -> new BigDecimal(unscaled(column, row), t.scale());
            case CharacterType t -> ((BytesColumn) column).text(row);
            case BinaryType t -> ((BytesColumn) column).get(row);
            case DateType t -> LocalDate.ofEpochDay(((IntColumn) column).get(row));
            case TimeType t -> LocalTime.ofNanoOfDay(((LongColumn) column).get(row) * 1000);
            case TimestampType t when t.zoned() -> instant(((LongColumn) column).get(row));
            case TimestampType t -> dateTime(((LongColumn) column).get(row));
            case IntervalType t when t.months() -> Period.ofMonths(((IntColumn) column).get(row));
            case IntervalType t -> duration(((LongColumn) column).get(row));
            case ArrayType t -> list(t.element(), (ArrayColumn) column, row);
            case MapType t -> map(t, (ArrayColumn) column, row);
            case RowType t -> fields(t, (RowColumn) column, row);
        };
    }

    /**
     * Sets a cell, growing the column where needed. The value has the class that the table above gives,
     * or is null for NULL.
     */
    public static void set(DataType type, Column column, int row, @Nullable Object value) {
        column.ensureCapacity(row + 1);
        if (value == null) {
            column.setNull(row);
            return;
        }
        column.clearNull(row);
        switch (type) {
            case BooleanType t -> ((BooleanColumn) column).set(row, (Boolean) value);
            case IntegerType t when t.bits() == 64 -> ((LongColumn) column).set(row, (Long) value);
            case IntegerType t -> ((IntColumn) column).set(row, (Integer) value);
            case FloatingType t when t.bits() == 64 -> ((DoubleColumn) column).set(row, (Double) value);
            case FloatingType t -> ((FloatColumn) column).set(row, (Float) value);
            case DecimalType t -> setUnscaled(column, row, unscaled((BigDecimal) value, t));
            case CharacterType t -> ((BytesColumn) column).append(row, (String) value);
            case BinaryType t -> ((BytesColumn) column).append(row, (byte[]) value);
            case DateType t -> ((IntColumn) column).set(row, Math.toIntExact(((LocalDate) value).toEpochDay()));
            case TimeType t -> ((LongColumn) column).set(row, ((LocalTime) value).toNanoOfDay() / 1000);
            case TimestampType t when t.zoned() -> ((LongColumn) column).set(row, micros((Instant) value));
            case TimestampType t ->
                ((LongColumn) column).set(row, micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC)));
            case IntervalType t
            when t.months() -> ((IntColumn) column).set(row, Math.toIntExact(((Period) value).toTotalMonths()));
            case IntervalType t -> ((LongColumn) column).set(row, micros((Duration) value));
            case ArrayType t -> setList(t.element(), (ArrayColumn) column, row, (List<?>) value);
            case MapType t -> setMap(t, (ArrayColumn) column, row, (Map<?, ?>) value);
            case RowType t -> setFields(t, (RowColumn) column, row, (List<?>) value);
        }
    }

    /** Returns a whole row, one object per field. */
    public static List<@Nullable Object> row(RowBatch batch, int row) {
        List<@Nullable Object> values = new ArrayList<>(batch.columnCount());
        for (int i = 0; i < batch.columnCount(); i++) {
            values.add(get(batch.type().field(i).type(), batch.column(i), row));
        }
        return values;
    }

    /** Appends a row to a batch without selection, one object per field. */
    public static void append(RowBatch batch, List<? extends @Nullable Object> values) {
        int row = batch.size();
        for (int i = 0; i < batch.columnCount(); i++) {
            set(batch.type().field(i).type(), batch.column(i), row, values.get(i));
        }
        batch.size(row + 1);
    }

    /** Returns the instant of so many microseconds since 1970-01-01T00:00Z. */
    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1000);
    }

    /** Returns microseconds since 1970-01-01T00:00Z, rounded down. */
    public static long micros(Instant instant) {
        return micros(instant.getEpochSecond(), instant.getNano());
    }

    private static LocalDateTime dateTime(long micros) {
        return LocalDateTime.ofInstant(instant(micros), ZoneOffset.UTC);
    }

    private static Duration duration(long micros) {
        return Duration.ofSeconds(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1000);
    }

    /** Returns a duration's microseconds, rounded down. */
    public static long micros(Duration duration) {
        return micros(duration.getSeconds(), duration.getNano());
    }

    /** The first second of the range is not whole, so a negative one is taken from its end. */
    private static long micros(long seconds, int nanos) {
        return seconds < 0
                ? Math.addExact(Math.multiplyExact(seconds + 1, MICROS_PER_SECOND), nanos / 1000 - MICROS_PER_SECOND)
                : Math.addExact(Math.multiplyExact(seconds, MICROS_PER_SECOND), nanos / 1000);
    }

    private static BigInteger unscaled(Column column, int row) {
        return column instanceof Decimal128Column wide
                ? wide.get(row)
                : BigInteger.valueOf(((LongColumn) column).get(row));
    }

    private static BigInteger unscaled(BigDecimal value, DecimalType type) {
        BigDecimal scaled = value.setScale(type.scale(), java.math.RoundingMode.HALF_UP);
        if (scaled.precision() > type.precision()) {
            throw new ArithmeticException(value + " does not fit " + type);
        }
        return scaled.unscaledValue();
    }

    private static void setUnscaled(Column column, int row, BigInteger unscaled) {
        if (column instanceof Decimal128Column wide) {
            wide.set(row, unscaled);
        } else {
            ((LongColumn) column).set(row, unscaled.longValueExact());
        }
    }

    private static List<@Nullable Object> list(DataType element, ArrayColumn column, int row) {
        List<@Nullable Object> values = new ArrayList<>(column.length(row));
        for (int i = column.starts()[row]; i < column.ends()[row]; i++) {
            values.add(get(element, column.elements(), i));
        }
        return values;
    }

    private static void setList(DataType element, ArrayColumn column, int row, List<?> values) {
        int start = column.elementCount();
        for (int i = 0; i < values.size(); i++) {
            set(element, column.elements(), start + i, values.get(i));
        }
        column.range(row, start, start + values.size());
    }

    private static Map<Object, @Nullable Object> map(MapType type, ArrayColumn column, int row) {
        RowColumn entries = (RowColumn) column.elements();
        Map<Object, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = column.starts()[row]; i < column.ends()[row]; i++) {
            Object key = get(type.key(), entries.field(0), i);
            if (key != null) {
                values.put(key, get(type.value(), entries.field(1), i));
            }
        }
        return values;
    }

    private static void setMap(MapType type, ArrayColumn column, int row, Map<?, ?> values) {
        List<List<?>> entries = new ArrayList<>();
        values.forEach((key, value) -> entries.add(java.util.Arrays.asList(key, value)));
        setList(type.entry(), column, row, entries);
    }

    private static List<@Nullable Object> fields(RowType type, RowColumn column, int row) {
        List<@Nullable Object> values = new ArrayList<>(type.size());
        for (int i = 0; i < type.size(); i++) {
            values.add(get(type.field(i).type(), column.field(i), row));
        }
        return values;
    }

    private static void setFields(RowType type, RowColumn column, int row, List<?> values) {
        for (int i = 0; i < type.size(); i++) {
            set(type.field(i).type(), column.field(i), row, values.get(i));
        }
    }
}
