package io.millrace.format.arrow;

/** Which cells of a vector are there. No bits are kept before the first that is not. */
final class Validity {

    private final Bits bits = new Bits();
    private int count;
    private int nullCount;

    int nullCount() {
        return nullCount;
    }

    /** Returns the bits, which there are only where some cell is NULL. */
    OutputBuffer buffer() {
        return bits.buffer();
    }

    void clear() {
        bits.clear();
        count = 0;
        nullCount = 0;
    }

    /** Appends so many cells that are there. */
    void append(int cells) {
        count += cells;
        if (nullCount > 0) {
            bits.appendOnes(cells);
        }
    }

    /** Appends cells, of which those of a row below 0 are NULL. */
    void append(int[] rows, int from, int to) {
        if (nullCount == 0) {
            bits.appendOnes(count);
        }
        count += to - from;
        int at = bits.reserve(to - from);
        int present = 0;
        for (int i = from; i < to; i++) {
            if (rows[i] >= 0) {
                bits.set(at + i - from);
                present++;
            }
        }
        nullCount += to - from - present;
        if (nullCount == 0) {
            bits.clear();
        }
    }
}
