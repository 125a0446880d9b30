package io.millrace.spi.row;

/** About how many bytes the values of rows take, rather more than less. */
public final class RowBytes {

    private static final int OFFSET = 4;

    private RowBytes() {}

    /** Returns the bytes of the rows that count. */
    public static long of(RowBatch rows) {
        long bytes = 0;
        for (int column = 0; column < rows.columnCount(); column++) {
            for (int i = 0; i < rows.selectedCount(); i++) {
                bytes += of(rows.column(column), rows.selectedRow(i));
            }
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
