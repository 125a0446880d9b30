package io.millrace.runtime.join;

import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;

/** Copies rows of a column to other numbers, one loop per kind of column. */
public final class Scatter {

    private Scatter() {}

    /** Makes row {@code to[i]} of the target, which has room for it, a copy of row {@code from[i]} of the source. */
    public static void copy(Column source, int[] from, Column target, int[] to, int count) {
        if (source.nulls() == null && target.nulls() == null) {
            if (source instanceof LongColumn longs) {
                longs(longs.values(), from, ((LongColumn) target).values(), to, count);
                return;
            }
            if (source instanceof IntColumn ints) {
                ints(ints.values(), from, ((IntColumn) target).values(), to, count);
                return;
            }
            if (source instanceof BytesColumn text) {
                texts(text, from, (BytesColumn) target, to, count);
                return;
            }
        }
        for (int i = 0; i < count; i++) {
            target.copyFrom(source, from[i], to[i]);
        }
    }

    private static void longs(long[] source, int[] from, long[] target, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            target[to[i]] = source[from[i]];
        }
    }

    private static void ints(int[] source, int[] from, int[] target, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            target[to[i]] = source[from[i]];
        }
    }

    private static void texts(BytesColumn source, int[] from, BytesColumn target, int[] to, int count) {
        int[] starts = source.starts();
        int[] ends = source.ends();
        for (int i = 0; i < count; i++) {
            int row = from[i];
            target.append(to[i], source.data(row), starts[row], ends[row]);
        }
    }
}
