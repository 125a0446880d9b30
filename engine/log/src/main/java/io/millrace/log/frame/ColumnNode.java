package io.millrace.log.frame;

import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of a column in a frame of typed rows. A section is one node; arrays and rows have nodes
 * inside.
 *
 * <pre>
 *   │ bytes of this node, with all inside it (int) │ how many of its n values are NULL (int) │
 *   │ validity: one bit per value, 1 where it is not NULL, left out where no value is NULL   │
 *   │ values, by storage:                                                                    │
 *
 *   BOOLEAN        one bit per value, the lowest of a byte first
 *   INT, FLOAT     n × 4 bytes
 *   LONG, DOUBLE   n × 8 bytes
 *   DECIMAL128     n × 8 bytes of upper halves, then n × 8 bytes of lower halves
 *   BYTES          n + 1 offsets (int), then the bytes; value i reaches from offset i to offset i + 1
 *   ARRAY          n + 1 offsets (int), then one node of all elements
 *   ROW            one node per field
 * </pre>
 *
 * Validity, offsets, values and nodes each start at a multiple of 8 and are padded with zeros. But for
 * DECIMAL128 the buffers are those of Apache Arrow. Where a value is NULL, its bytes mean nothing.
 */
final class ColumnNode {

    static final int HEAD_BYTES = 8;

    private ColumnNode() {}

    /**
     * Appends the node of a column.
     *
     * @param rows the rows to store, in this order, -1 for one that is NULL; null for the first rows
     * @param count how many rows to store
     */
    static void append(FrameBuilder frame, Column column, int @Nullable [] rows, int count) {
        int head = frame.reserve(HEAD_BYTES);
        int nulls = appendValidity(frame, column, rows, count);
        appendValues(frame, column, rows, count);
        frame.align();
        frame.setInt(head, frame.size() - head);
        frame.setInt(head + 4, nulls);
    }

    /** Returns how many bytes a bitmap of so many values takes. */
    static int bitmapBytes(int count) {
        return ((count + 63) >>> 6) << 3;
    }

    private static void appendValues(FrameBuilder frame, Column column, int @Nullable [] rows, int count) {
        switch (column) {
            case BooleanColumn c -> appendBooleans(frame, c.values(), rows, count);
            case IntColumn c -> PlainValues.append(frame, c.values(), rows, count);
            case LongColumn c -> PlainValues.append(frame, c.values(), rows, count);
            case FloatColumn c -> PlainValues.append(frame, c.values(), rows, count);
            case DoubleColumn c -> PlainValues.append(frame, c.values(), rows, count);
            case Decimal128Column c -> {
                PlainValues.append(frame, c.high(), rows, count);
                PlainValues.append(frame, c.low(), rows, count);
            }
            case BytesColumn c -> appendBytes(frame, c, rows, count);
            case ArrayColumn c -> appendArrays(frame, c, rows, count);
            case RowColumn c -> appendRows(frame, c, rows, count);
        }
    }

    private static int appendValidity(FrameBuilder frame, Column column, int @Nullable [] rows, int count) {
        boolean[] marks = column.nulls();
        int nulls = 0;
        for (int i = 0; i < count && (marks != null || rows != null); i++) {
            nulls += isNull(marks, rows, i) ? 1 : 0;
        }
        if (nulls == 0) {
            return 0;
        }
        int at = frame.reserve(bitmapBytes(count));
        byte[] bytes = frame.bytes();
        for (int i = 0; i < count; i++) {
            if (!isNull(marks, rows, i)) {
                bytes[at + (i >>> 3)] |= (byte) (1 << (i & 7));
            }
        }
        return nulls;
    }

    private static boolean isNull(boolean @Nullable [] marks, int @Nullable [] rows, int i) {
        int row = rows == null ? i : rows[i];
        return row < 0 || (marks != null && row < marks.length && marks[row]);
    }

    private static void appendBooleans(FrameBuilder frame, boolean[] values, int @Nullable [] rows, int count) {
        int at = frame.reserve(bitmapBytes(count));
        byte[] bytes = frame.bytes();
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            if (row >= 0 && values[row]) {
                bytes[at + (i >>> 3)] |= (byte) (1 << (i & 7));
            }
        }
    }

    private static void appendBytes(FrameBuilder frame, BytesColumn column, int @Nullable [] rows, int count) {
        int offsets = frame.reserve(4 * (count + 1));
        frame.align();
        if (rows == null && column.nulls() == null) {
            appendOffsets(frame, column, count, offsets);
            ByteRuns.append(frame, column, count);
            return;
        }
        int start = frame.size();
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            if (row >= 0 && !column.isNull(row)) {
                frame.putBytes(column.data(), column.starts()[row], column.length(row));
            }
            frame.setInt(offsets + 4 * (i + 1), frame.size() - start);
        }
    }

    private static void appendOffsets(FrameBuilder frame, BytesColumn column, int count, int offsets) {
        int length = 0;
        for (int i = 0; i < count; i++) {
            length += column.length(i);
            frame.setInt(offsets + 4 * (i + 1), length);
        }
    }

    private static void appendArrays(FrameBuilder frame, ArrayColumn column, int @Nullable [] rows, int count) {
        int offsets = frame.reserve(4 * (count + 1));
        frame.align();
        int[] elements = new int[Math.max(16, column.elementCount())];
        int length = 0;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            if (row >= 0 && !column.isNull(row)) {
                elements = room(elements, length + column.length(row));
                for (int e = column.starts()[row]; e < column.ends()[row]; e++) {
                    elements[length++] = e;
                }
            }
            frame.setInt(offsets + 4 * (i + 1), length);
        }
        append(frame, column.elements(), elements, length);
    }

    private static int[] room(int[] elements, int needed) {
        return needed <= elements.length ? elements : Arrays.copyOf(elements, Math.max(needed, elements.length * 2));
    }

    private static void appendRows(FrameBuilder frame, RowColumn column, int @Nullable [] rows, int count) {
        int[] fields = rows;
        if (column.nulls() != null) {
            // Fields of a NULL row are undefined, so they must not be looked at.
            fields = new int[count];
            for (int i = 0; i < count; i++) {
                int row = rows == null ? i : rows[i];
                fields[i] = row >= 0 && !column.isNull(row) ? row : -1;
            }
        }
        for (int f = 0; f < column.fieldCount(); f++) {
            append(frame, column.field(f), fields, count);
        }
    }
}
