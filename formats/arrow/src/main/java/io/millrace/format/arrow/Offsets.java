package io.millrace.format.arrow;

import static io.millrace.format.arrow.LittleEndian.INTS;

/** Where each value of a vector ends, which is where the next one starts. */
final class Offsets {

    private static final int WIDTH = 4;

    private final OutputBuffer buffer = new OutputBuffer();

    Offsets() {
        clear();
    }

    /** Returns the buffer: 0, then one number per value. */
    OutputBuffer buffer() {
        return buffer;
    }

    void clear() {
        buffer.clear();
        INTS.set(buffer.bytes(), buffer.reserve(WIDTH), 0);
    }

    /** Makes room for so many values and returns where the first one's end is written. */
    int reserve(int values) {
        return buffer.reserve((long) values * WIDTH);
    }

    /** Writes an end and returns where the next one is written. */
    int put(int at, int end) {
        INTS.set(buffer.bytes(), at, end);
        return at + WIDTH;
    }
}
