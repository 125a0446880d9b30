package io.millrace.log.frame;

import io.millrace.spi.row.BytesColumn;
import org.jspecify.annotations.Nullable;

/** Copies the values of a column one behind the other, neighbours in one go. */
final class ByteRuns {

    private ByteRuns() {}

    /** Returns how many bytes the first {@code count} rows' values have. */
    static long length(BytesColumn values, int count) {
        int[] starts = values.starts();
        int[] ends = values.ends();
        long length = 0;
        for (int row = 0; row < count; row++) {
            length += ends[row] - starts[row];
        }
        return length;
    }

    /** Returns how many bytes the values of the selected rows have, or of the first {@code count} where all are. */
    static long length(BytesColumn values, int @Nullable [] rows, int count) {
        if (rows == null) {
            return length(values, count);
        }
        int[] starts = values.starts();
        int[] ends = values.ends();
        long length = 0;
        for (int i = 0; i < count; i++) {
            length += ends[rows[i]] - starts[rows[i]];
        }
        return length;
    }

    /** Appends the first {@code count} rows' values. */
    static void append(FrameBuilder frame, BytesColumn values, int count) {
        int[] starts = values.starts();
        int[] ends = values.ends();
        int row = 0;
        while (row < count) {
            int first = row++;
            while (row < count && starts[row] == ends[row - 1]) {
                row++;
            }
            frame.putBytes(values.data(), starts[first], ends[row - 1] - starts[first]);
        }
    }
}
