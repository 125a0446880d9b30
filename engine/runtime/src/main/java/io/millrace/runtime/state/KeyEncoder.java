package io.millrace.runtime.state;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Some columns of many rows as keys, in the form of {@link ValueCodec}: the same bytes, made column by column.
 *
 * <p>Where all columns are text and integers, the size of each key is counted first, which gives each its place; then
 * every column is written in one loop that knows its type. Others are written cell by cell.
 */
final class KeyEncoder {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int BYTES_MAX = Integer.MAX_VALUE - 8;

    private final StateWriter cells = new StateWriter();
    private byte[] own = {};
    private byte[] data = own;
    private int[] starts = {};
    private int[] ends = {};

    /** Returns the bytes that the keys are slices of. */
    byte[] data() {
        return data;
    }

    int[] starts() {
        return starts;
    }

    int[] ends() {
        return ends;
    }

    /** Makes the key of each row from these columns. */
    void encode(GroupedRows rows, int[] columns) {
        int count = rows.count();
        if (starts.length < count) {
            starts = new int[count];
            ends = new int[count];
        }
        if (simple(rows, columns)) {
            place(rows, columns);
            for (int column : columns) {
                write(rows.column(column), rows.rows(), count);
            }
        } else {
            encodeCells(rows, columns);
        }
    }

    private static boolean simple(GroupedRows rows, int[] columns) {
        for (int column : columns) {
            Column cells = rows.column(column);
            if (!(cells instanceof BytesColumn || cells instanceof LongColumn || cells instanceof IntColumn)) {
                return false;
            }
        }
        return true;
    }

    private void encodeCells(GroupedRows rows, int[] columns) {
        cells.clear();
        for (int i = 0; i < rows.count(); i++) {
            starts[i] = cells.size();
            for (int column : columns) {
                ValueCodec.write(rows.column(column), rows.rows()[i], cells);
            }
            ends[i] = cells.size();
        }
        data = cells.data();
    }

    /** Sets where each key starts, for now as its end too, and makes room for all. */
    private void place(GroupedRows rows, int[] columns) {
        int count = rows.count();
        Arrays.fill(ends, 0, count, 0);
        for (int column : columns) {
            measure(rows.column(column), rows.rows(), count);
        }
        long total = 0;
        for (int i = 0; i < count; i++) {
            int size = ends[i];
            starts[i] = (int) total;
            ends[i] = (int) total;
            total += size;
        }
        if (total > BYTES_MAX) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED, "the keys of one batch of rows are larger than 2 GiB");
        }
        if (own.length < total) {
            own = new byte[(int) Math.min(BYTES_MAX, total + total / 2)];
        }
        data = own;
    }

    private void measure(Column column, int[] rows, int count) {
        boolean[] nulls = column.nulls();
        if (column instanceof BytesColumn bytes) {
            int[] from = bytes.starts();
            int[] to = bytes.ends();
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                ends[i] += nulls != null && nulls[row] ? 1 : 5 + to[row] - from[row];
            }
            return;
        }
        int size = column instanceof LongColumn ? 9 : 5;
        for (int i = 0; i < count; i++) {
            ends[i] += nulls != null && nulls[rows[i]] ? 1 : size;
        }
    }

    private void write(Column column, int[] rows, int count) {
        switch (column) {
            case BytesColumn bytes -> writeBytes(bytes, rows, count);
            case LongColumn longs -> writeLongs(longs, rows, count);
            case IntColumn ints -> writeInts(ints, rows, count);
            default -> throw new IllegalStateException("column " + column.getClass());
        }
    }

    private void writeLongs(LongColumn column, int[] rows, int count) {
        byte[] target = data;
        long[] values = column.values();
        boolean[] nulls = column.nulls();
        for (int i = 0; i < count; i++) {
            int at = ends[i];
            int row = rows[i];
            if (nulls != null && nulls[row]) {
                target[at] = 0;
                ends[i] = at + 1;
            } else {
                target[at] = 1;
                LONG.set(target, at + 1, values[row]);
                ends[i] = at + 9;
            }
        }
    }

    private void writeInts(IntColumn column, int[] rows, int count) {
        byte[] target = data;
        int[] values = column.values();
        boolean[] nulls = column.nulls();
        for (int i = 0; i < count; i++) {
            int at = ends[i];
            int row = rows[i];
            if (nulls != null && nulls[row]) {
                target[at] = 0;
                ends[i] = at + 1;
            } else {
                target[at] = 1;
                INT.set(target, at + 1, values[row]);
                ends[i] = at + 5;
            }
        }
    }

    private void writeBytes(BytesColumn column, int[] rows, int count) {
        byte[] target = data;
        byte[] source = column.data();
        int[] from = column.starts();
        int[] to = column.ends();
        boolean[] nulls = column.nulls();
        for (int i = 0; i < count; i++) {
            int at = ends[i];
            int row = rows[i];
            if (nulls != null && nulls[row]) {
                target[at] = 0;
                ends[i] = at + 1;
                continue;
            }
            int length = to[row] - from[row];
            target[at] = 1;
            INT.set(target, at + 1, length);
            copy(source, from[row], target, at + 5, length);
            ends[i] = at + 5 + length;
        }
    }

    /** Copies short text as words that may overlap, and writes nothing behind it. */
    private static void copy(byte[] source, int from, byte[] target, int to, int length) {
        if (length > 16) {
            System.arraycopy(source, from, target, to, length);
        } else if (length >= 8) {
            LONG.set(target, to, (long) LONG.get(source, from));
            LONG.set(target, to + length - 8, (long) LONG.get(source, from + length - 8));
        } else if (length >= 4) {
            INT.set(target, to, (int) INT.get(source, from));
            INT.set(target, to + length - 4, (int) INT.get(source, from + length - 4));
        } else {
            for (int i = 0; i < length; i++) {
                target[to + i] = source[from + i];
            }
        }
    }
}
