package io.millrace.spi.format;

import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Which rows a reader is asked for, by the values of one column: those within the bounds, or those that are NULL. It is
 * only ever used to leave rows out that nobody wants, so whoever cannot tell passes a row on.
 *
 * <p>Bounds are {@link BigDecimal} for numbers, {@link Long} for dates (days) and times (microseconds), {@link Boolean},
 * and for text its UTF-8 bytes as {@link #ordered} characters.
 *
 * @param column the column's name
 * @param type the type that the bounds are of
 * @param nulls whether NULL is all that is asked for; there are no bounds then
 * @param min the least value, or null where there is none
 * @param minOpen whether that value itself is not asked for
 * @param max the greatest value, or null where there is none
 * @param maxOpen whether that value itself is not asked for
 */
public record ColumnBounds(
        String column,
        DataType type,
        boolean nulls,
        @Nullable Comparable<?> min,
        boolean minOpen,
        @Nullable Comparable<?> max,
        boolean maxOpen) {

    /** Returns what asks for NULL alone. */
    public static ColumnBounds nulls(String column, DataType type) {
        return new ColumnBounds(column, type, true, null, false, null, false);
    }

    /** Returns what asks for any value that is not NULL. */
    public static ColumnBounds notNull(String column, DataType type) {
        return new ColumnBounds(column, type, false, null, false, null, false);
    }

    /**
     * Returns whether none of some rows is asked for.
     *
     * @param least a value that none of theirs is below, or null where that is not known
     * @param greatest a value that none of theirs is above, or null where that is not known
     * @param nullCount how many are NULL, or -1 where that is not known
     * @param count how many rows there are
     */
    public boolean excludes(
            @Nullable Comparable<?> least, @Nullable Comparable<?> greatest, long nullCount, long count) {
        if (nulls) {
            return nullCount == 0;
        }
        return nullCount == count || below(greatest, min, minOpen) || below(max, least, maxOpen);
    }

    /** Returns whether one value is certainly below another, or equal to it where that does not do either. */
    private static boolean below(@Nullable Comparable<?> value, @Nullable Comparable<?> other, boolean orEqual) {
        if (value == null || other == null || value.getClass() != other.getClass()) {
            return false;
        }
        int order = compare(value, other);
        return order < 0 || (order == 0 && orEqual);
    }

    /** Returns whether each value of a type is the same one of another, so that their order is as well. */
    public static boolean widens(DataType from, DataType to) {
        return switch (from) {
            case IntegerType a when to instanceof IntegerType b -> a.bits() <= b.bits();
            case IntegerType a when to instanceof DecimalType b -> b.precision() - b.scale() >= digits(a);
            case IntegerType a when to instanceof FloatingType b -> b.bits() == 64 && a.bits() <= 32;
            case DecimalType a
            when to instanceof DecimalType b ->
                b.scale() >= a.scale() && b.precision() - b.scale() >= a.precision() - a.scale();
            case FloatingType a when to instanceof FloatingType b -> a.bits() <= b.bits();
            default -> from.equals(to);
        };
    }

    private static int digits(IntegerType type) {
        return switch (type.bits()) {
            case 8 -> 3;
            case 16 -> 5;
            case 32 -> 10;
            default -> 19;
        };
    }

    /** Compares two bounds of one class. */
    @SuppressWarnings("unchecked")
    public static int compare(Comparable<?> one, Comparable<?> other) {
        return ((Comparable<Object>) one).compareTo(other);
    }

    /** Returns a cell as a bound, or null where it is NULL, NaN, or of a type that has no bounds. */
    public static @Nullable Comparable<?> bound(DataType type, Column column, int row) {
        if (column.isNull(row)) {
            return null;
        }
        return switch (type) {
            case BooleanType t -> ((BooleanColumn) column).get(row);
            case IntegerType t when t.bits() == 64 -> BigDecimal.valueOf(((LongColumn) column).get(row));
            case IntegerType t -> BigDecimal.valueOf(((IntColumn) column).get(row));
            case FloatingType t when t.bits() == 64 -> bound(((DoubleColumn) column).get(row));
            case FloatingType t -> bound(((FloatColumn) column).get(row));
            case DecimalType t
            when column instanceof LongColumn values -> BigDecimal.valueOf(values.get(row), t.scale());
            case DecimalType t -> new BigDecimal(((Decimal128Column) column).get(row), t.scale());
            case CharacterType t when !t.fixed() -> ordered(((BytesColumn) column).get(row));
            case DateType t -> (long) ((IntColumn) column).get(row);
            case TimeType t -> ((LongColumn) column).get(row);
            case TimestampType t -> ((LongColumn) column).get(row);
            default -> null;
        };
    }

    /** Returns a number as a bound, or null for NaN and the infinities. */
    public static @Nullable Comparable<?> bound(double value) {
        return Double.isFinite(value) ? new BigDecimal(value) : null;
    }

    /** Returns bytes as text whose order is that of the bytes, unsigned: one character each. */
    public static Comparable<?> ordered(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
