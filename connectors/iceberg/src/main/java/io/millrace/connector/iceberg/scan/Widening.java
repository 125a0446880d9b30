package io.millrace.connector.iceberg.scan;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.TimestampType;

/** Values of a flat type in a wider one, as Iceberg lets types of fields grow. */
final class Widening {

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private Widening() {}

    /**
     * Returns the conversion from one type to another that holds all its values.
     *
     * @throws MismatchException where it does not
     */
    static Conversion between(DataType from, DataType to) {
        if (!holds(to, from)) {
            throw new MismatchException(from + " is no " + to);
        }
        if (from.storage() == to.storage()) {
            return Conversion.SAME;
        }
        return switch (from) {
            case IntegerType t -> Widening::toLong;
            case FloatingType t -> Widening::toDouble;
            case DateType t -> Widening::toTimestamp;
            default -> Widening::toDecimal128;
        };
    }

    private static boolean holds(DataType to, DataType from) {
        return switch (from) {
            case IntegerType f -> to instanceof IntegerType t && f.bits() <= t.bits();
            case FloatingType f -> to instanceof FloatingType t && f.bits() <= t.bits();
            case DecimalType f ->
                to instanceof DecimalType t && f.scale() == t.scale() && f.precision() <= t.precision();
            case DateType f -> to.equals(f) || (to instanceof TimestampType t && !t.zoned());
            // Some writers do not say which bytes are text, or which times are of UTC; the table does.
            case BinaryType f -> to.equals(f) || to.equals(DataType.VARCHAR);
            case TimestampType f -> to instanceof TimestampType;
            case CharacterType f -> to.equals(f);
            default -> to.equals(from);
        };
    }

    private static Column toLong(Column column, int rows) {
        int[] from = ((IntColumn) column).values();
        LongColumn to = new LongColumn(column.capacity());
        for (int row = 0; row < rows; row++) {
            to.set(row, from[row]);
        }
        return withNulls(to, column);
    }

    private static Column toTimestamp(Column column, int rows) {
        int[] from = ((IntColumn) column).values();
        LongColumn to = new LongColumn(column.capacity());
        for (int row = 0; row < rows; row++) {
            to.set(row, from[row] * MICROS_PER_DAY);
        }
        return withNulls(to, column);
    }

    private static Column toDouble(Column column, int rows) {
        float[] from = ((FloatColumn) column).values();
        DoubleColumn to = new DoubleColumn(column.capacity());
        for (int row = 0; row < rows; row++) {
            to.set(row, from[row]);
        }
        return withNulls(to, column);
    }

    private static Column toDecimal128(Column column, int rows) {
        long[] from = ((LongColumn) column).values();
        Decimal128Column to = new Decimal128Column(column.capacity());
        for (int row = 0; row < rows; row++) {
            to.high()[row] = from[row] >> 63;
            to.low()[row] = from[row];
        }
        return withNulls(to, column);
    }

    private static Column withNulls(Column to, Column from) {
        to.nulls(from.nulls());
        return to;
    }
}
