package io.millrace.spi.row;

/**
 * About how many bytes the values of rows take, rather more than less. Pumps cut steps into parts by it, and cut those anew
 * that are repeated: it counts the same in all builds.
 */
public final class RowBytes {

    private static final int OFFSET = 4;

    private RowBytes() {}

    /** Returns the bytes of the rows that count. */
    public static long of(RowBatch rows) {
        long bytes = 0;
        for (int column = 0; column < rows.columnCount(); column++) {
            bytes += rows.column(column) instanceof BytesColumn texts ? texts(rows, texts) : values(rows, column);
        }
        return bytes;
    }

    private static long texts(RowBatch rows, BytesColumn column) {
        int[] starts = column.starts();
        int[] ends = column.ends();
        long bytes = (long) OFFSET * rows.selectedCount();
        for (int i = 0; i < rows.selectedCount(); i++) {
            int row = rows.selectedRow(i);
            bytes += column.isNull(row) ? 0 : ends[row] - starts[row];
        }
        return bytes;
    }

    private static long values(RowBatch rows, int column) {
        Column values = rows.column(column);
        if (!(values instanceof ArrayColumn || values instanceof RowColumn) && rows.selectedCount() > 0) {
            return of(values, rows.selectedRow(0)) * rows.selectedCount();
        }
        long bytes = 0;
        for (int i = 0; i < rows.selectedCount(); i++) {
            bytes += of(values, rows.selectedRow(i));
        }
        return bytes;
    }

    /** Returns the bytes of one row. */
    public static long of(RowBatch rows, int row) {
        long bytes = 0;
        for (int column = 0; column < rows.columnCount(); column++) {
            bytes += of(rows.column(column), row);
        }
        return bytes;
    }

    private static long of(Column column, int row) {
        return switch (column) {
            case BooleanColumn c -> 1;
            case IntColumn c -> Integer.BYTES;
            case FloatColumn c -> Float.BYTES;
            case LongColumn c -> Long.BYTES;
            case DoubleColumn c -> Double.BYTES;
            case Decimal128Column c -> 2 * Long.BYTES;
            case BytesColumn c -> OFFSET + (c.isNull(row) ? 0 : c.length(row));
            case ArrayColumn c -> OFFSET + (c.isNull(row) ? 0 : elements(c, row));
            case RowColumn c -> c.isNull(row) ? 1 : fields(c, row);
        };
    }

    private static long elements(ArrayColumn column, int row) {
        long bytes = 0;
        for (int element = column.starts()[row]; element < column.ends()[row]; element++) {
            bytes += of(column.elements(), element);
        }
        return bytes;
    }

    private static long fields(RowColumn column, int row) {
        long bytes = 1;
        for (int field = 0; field < column.fieldCount(); field++) {
            bytes += of(column.field(field), row);
        }
        return bytes;
    }
}
