package io.millrace.log.frame;

import io.millrace.spi.row.BytesColumn;

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
