package io.millrace.format.arrow;

import io.millrace.format.arrow.BatchParts.Slice;
import java.io.IOException;

/** How offsets lie in a buffer: as numbers of 4 bytes or of 8. */
enum ReadOffsets {
    INTS(4),
    LONGS(8);

    private final int width;

    ReadOffsets(int width) {
        this.width = width;
    }

    /** Returns how long the buffer is for so many rows; for none it may be empty. */
    long bytes(int rows) {
        return rows == 0 ? 0 : (rows + 1L) * width;
    }

    /**
     * Reads where the values of so many rows start and end.
     *
     * @param base where the first value could start
     * @param length how much there is of values
     */
    void read(Slice buffer, int rows, int base, int length, int[] starts, int[] ends) throws IOException {
        long last = rows == 0 ? 0 : at(buffer, 0);
        for (int row = 0; row < rows; row++) {
            long next = at(buffer, row + 1);
            if (last < 0 || next < last || next > length) {
                throw new IOException("a value lies outside of its buffer");
            }
            starts[row] = base + (int) last;
            ends[row] = base + (int) next;
            last = next;
        }
    }

    private long at(Slice buffer, int index) {
        int at = buffer.start() + index * width;
        return this == INTS
                ? (int) LittleEndian.INTS.get(buffer.bytes(), at)
                : (long) LittleEndian.LONGS.get(buffer.bytes(), at);
    }
}
