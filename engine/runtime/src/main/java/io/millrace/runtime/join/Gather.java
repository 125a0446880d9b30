package io.millrace.runtime.join;

import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows of a column at other places, one loop per kind of column. Text is pointed to and not copied, unless it
 * lies in several arrays.
 */
public final class Gather {

    /** In place of a row number: NULL. */
    public static final int NONE = -1;

    private Gather() {}

    /**
     * Makes row i of the target the row {@code rows[i]} of the source, for the rows that count. The target
     * has nothing else in it afterwards, and points into the source's bytes where they lie in one array.
     *
     * @param selection the rows of the target that count, or null for the first {@code count}
     */
    public static void gather(Column source, int[] rows, int @Nullable [] selection, int count, Column target) {
        target.clear();
        int size = count == 0 ? 0 : selection == null ? count : selection[count - 1] + 1;
        target.ensureCapacity(size);
        switch (source) {
            case LongColumn c -> longs(c.values(), rows, selection, count, ((LongColumn) target).values());
            case IntColumn c -> ints(c.values(), rows, selection, count, ((IntColumn) target).values());
            case DoubleColumn c -> doubles(c.values(), rows, selection, count, ((DoubleColumn) target).values());
            case BytesColumn c -> slices(c, rows, selection, count, (BytesColumn) target);
            default -> {
                others(source, rows, selection, count, target);
                return;
            }
        }
        nulls(source.nulls(), rows, selection, count, target);
    }

    private static void longs(long[] from, int[] rows, int @Nullable [] selection, int count, long[] to) {
        if (selection == null) {
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                to[i] = row < 0 ? 0 : from[row];
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            int at = selection[i];
            int row = rows[at];
            to[at] = row < 0 ? 0 : from[row];
        }
    }

    private static void ints(int[] from, int[] rows, int @Nullable [] selection, int count, int[] to) {
        if (selection == null) {
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                to[i] = row < 0 ? 0 : from[row];
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            int at = selection[i];
            int row = rows[at];
            to[at] = row < 0 ? 0 : from[row];
        }
    }

    private static void doubles(double[] from, int[] rows, int @Nullable [] selection, int count, double[] to) {
        for (int i = 0; i < count; i++) {
            int at = selection == null ? i : selection[i];
            int row = rows[at];
            to[at] = row < 0 ? 0 : from[row];
        }
    }

    private static void slices(
            BytesColumn source, int[] rows, int @Nullable [] selection, int count, BytesColumn target) {
        byte[] data = source.inSeveral() ? common(source, rows, selection, count) : source.data();
        if (data == null) {
            copies(source, rows, selection, count, target);
            return;
        }
        target.share(data);
        int[] fromStarts = source.starts();
        int[] fromEnds = source.ends();
        int[] starts = target.starts();
        int[] ends = target.ends();
        for (int i = 0; i < count; i++) {
            int at = selection == null ? i : selection[i];
            int row = rows[at];
            starts[at] = row < 0 ? 0 : fromStarts[row];
            ends[at] = row < 0 ? 0 : fromEnds[row];
        }
    }

    /** Returns the array that all rows which count are slices of; null where there are several. */
    private static byte @Nullable [] common(BytesColumn source, int[] rows, int @Nullable [] selection, int count) {
        byte[] common = null;
        for (int i = 0; i < count; i++) {
            int row = rows[selection == null ? i : selection[i]];
            if (row >= 0) {
                byte[] data = source.data(row);
                if (common != null && data != common) {
                    return null;
                }
                common = data;
            }
        }
        return common;
    }

    private static void copies(
            BytesColumn source, int[] rows, int @Nullable [] selection, int count, BytesColumn target) {
        int[] starts = source.starts();
        int[] ends = source.ends();
        int free = target.reserve(length(source, rows, selection, count));
        byte[] data = target.data();
        for (int i = 0; i < count; i++) {
            int at = selection == null ? i : selection[i];
            int row = rows[at];
            int length = row < 0 || source.isNull(row) ? 0 : ends[row] - starts[row];
            if (length > 0) {
                System.arraycopy(source.data(row), starts[row], data, free, length);
            }
            target.slice(at, free, free + length);
            free += length;
        }
    }

    private static int length(BytesColumn source, int[] rows, int @Nullable [] selection, int count) {
        long length = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[selection == null ? i : selection[i]];
            length += row < 0 || source.isNull(row) ? 0 : source.length(row);
        }
        return Math.toIntExact(length);
    }

    private static void others(Column source, int[] rows, int @Nullable [] selection, int count, Column target) {
        int last = NONE;
        for (int i = 0; i < count; i++) {
            int at = selection == null ? i : selection[i];
            if (rows[at] < 0) {
                target.setNull(at);
            } else if (last >= 0 && rows[at] == rows[last] && target instanceof ArrayColumn arrays) {
                repeat(arrays, last, at);
            } else {
                target.copyFrom(source, rows[at], at);
                last = at;
            }
        }
    }

    /** Has a row be the array of another, elements and all: a row that is gathered often may have many of them. */
    private static void repeat(ArrayColumn arrays, int from, int to) {
        if (arrays.isNull(from)) {
            arrays.setNull(to);
        } else {
            arrays.clearNull(to);
            arrays.range(to, arrays.starts()[from], arrays.ends()[from]);
        }
    }

    private static void nulls(
            boolean @Nullable [] from, int[] rows, int @Nullable [] selection, int count, Column target) {
        for (int i = 0; i < count; i++) {
            int at = selection == null ? i : selection[i];
            int row = rows[at];
            if (row < 0 || (from != null && from[row])) {
                mark(from, rows, selection, i, count, target.nullsForWriting());
                return;
            }
        }
    }

    private static void mark(
            boolean @Nullable [] from, int[] rows, int @Nullable [] selection, int first, int count, boolean[] marks) {
        for (int i = first; i < count; i++) {
            int at = selection == null ? i : selection[i];
            int row = rows[at];
            marks[at] = row < 0 || (from != null && from[row]);
        }
    }
}
