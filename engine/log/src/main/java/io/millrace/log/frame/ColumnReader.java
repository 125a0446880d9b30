package io.millrace.log.frame;

import io.millrace.spi.row.Column;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Copies a range of a stored column's values, as {@link ColumnNode} lays them out, into a column that is
 * filled anew each time. For one thread at a time.
 */
abstract class ColumnReader {

    private final Column column;
    private boolean[] marks = {};

    ColumnReader(Column column) {
        this.column = column;
    }

    final Column column() {
        return column;
    }

    /**
     * Reads values.
     *
     * @param bytes where the node lies, starting at {@code node}
     * @param total how many values the node has
     * @param from the first that is wanted; it becomes row 0
     * @param count how many are wanted
     */
    final void read(ByteBuffer bytes, int node, int total, int from, int count) {
        int values = node + ColumnNode.HEAD_BYTES;
        boolean hasNulls = bytes.getInt(node + 4) > 0;
        column.ensureCapacity(count);
        column.nulls(hasNulls && readNulls(bytes, values, from, count) ? marks : null);
        readValues(bytes, hasNulls ? values + ColumnNode.bitmapBytes(total) : values, total, from, count);
    }

    abstract void readValues(ByteBuffer bytes, int at, int total, int from, int count);

    private boolean readNulls(ByteBuffer bytes, int bitmap, int from, int count) {
        if (marks.length < count) {
            marks = new boolean[Math.max(count, column.capacity())];
        }
        return Bitmap.read(bytes, bitmap, from, count, marks, true);
    }

    /** Makes all rows NULL, for a column that is not stored. */
    static Column allNull(Column column, int count) {
        column.ensureCapacity(count);
        boolean[] marks = column.nulls();
        if (marks == null || marks.length < count) {
            marks = new boolean[column.capacity()];
            column.nulls(marks);
        }
        Arrays.fill(marks, 0, count, true);
        return column;
    }
}
