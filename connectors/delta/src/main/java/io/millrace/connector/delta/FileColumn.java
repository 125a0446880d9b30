package io.millrace.connector.delta;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimestampType;

/** Columns of files as columns of another type that holds all their values. */
final class FileColumn {

    private FileColumn() {}

    /** Returns whether a type holds all values of another, with the same names inside and what may be NULL aside. */
    static boolean holds(DataType to, DataType from) {
        return switch (from) {
            case IntegerType f -> to instanceof IntegerType t && f.bits() <= t.bits();
            case FloatingType f -> to instanceof FloatingType t && f.bits() <= t.bits();
            case DecimalType f ->
                to instanceof DecimalType t && f.scale() == t.scale() && f.precision() <= t.precision();
            // Some writers do not say which bytes are text, or which times are of UTC; the table does.
            case BinaryType f -> to.equals(f) || to.equals(DataType.VARCHAR);
            case TimestampType f -> to instanceof TimestampType;
            default -> to.equals(from) || same(to, from);
        };
    }

    /** What is inside others is not converted. */
    private static boolean same(DataType to, DataType from) {
        return switch (from) {
            case ArrayType f -> to instanceof ArrayType t && same(t.element(), f.element());
            case MapType f -> to instanceof MapType t && same(t.key(), f.key()) && same(t.value(), f.value());
            case RowType f -> to instanceof RowType t && sameFields(t, f);
            case TimestampType f -> to instanceof TimestampType;
            default -> to.equals(from);
        };
    }

    private static boolean sameFields(RowType to, RowType from) {
        boolean same = to.size() == from.size();
        for (int i = 0; same && i < to.size(); i++) {
            same = to.field(i).name().equals(from.field(i).name())
                    && same(to.field(i).type(), from.field(i).type());
        }
        return same;
    }

    /**
     * Fails where a file's column cannot be the table's.
     *
     * @throws MillraceException {@code UNSUPPORTED}
     */
    static void check(DataType inFile, WantedColumn wanted) {
        if (!holds(wanted.inFiles().type(), inFile)) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "column '" + wanted.name() + "' is " + inFile + " in it, and "
                            + wanted.inFiles().type() + " in the table",
                    "what is inside a column is not converted here: have the table's writer write its files anew");
        }
    }

    /** Returns a column's values in the form of a type that holds them. */
    static Column as(DataType to, DataType from, Column column, int rows) {
        if (from.storage() == to.storage()) {
            return column;
        }
        Column wide = switch (from) {
            case IntegerType t -> toLong((IntColumn) column, rows);
            case FloatingType t -> toDouble((FloatColumn) column, rows);
            default -> toDecimal128((LongColumn) column, rows);
        };
        wide.nulls(column.nulls());
        return wide;
    }

    private static Column toLong(IntColumn column, int rows) {
        LongColumn to = new LongColumn(column.capacity());
        for (int row = 0; row < rows; row++) {
            to.set(row, column.values()[row]);
        }
        return to;
    }

    private static Column toDouble(FloatColumn column, int rows) {
        DoubleColumn to = new DoubleColumn(column.capacity());
        for (int row = 0; row < rows; row++) {
            to.set(row, column.values()[row]);
        }
        return to;
    }

    private static Column toDecimal128(LongColumn column, int rows) {
        Decimal128Column to = new Decimal128Column(column.capacity());
        for (int row = 0; row < rows; row++) {
            long value = column.values()[row];
            to.high()[row] = value >> 63;
            to.low()[row] = value;
        }
        return to;
    }
}
