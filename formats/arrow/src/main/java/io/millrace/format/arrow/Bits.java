package io.millrace.format.arrow;

import java.util.Arrays;

/** Bits under construction, the first in the lowest place of the first byte. */
final class Bits {

    private final OutputBuffer buffer = new OutputBuffer();
    private int count;

    OutputBuffer buffer() {
        return buffer;
    }

    int count() {
        return count;
    }

    void clear() {
        buffer.clear();
        count = 0;
    }

    /** Appends so many bits, all 0, and returns the place of the first. */
    int reserve(int bits) {
        int at = count;
        count += bits;
        int grown = (count + 7) / 8 - buffer.length();
        int start = buffer.reserve(grown);
        Arrays.fill(buffer.bytes(), start, start + grown, (byte) 0);
        return at;
    }

    void set(int bit) {
        buffer.bytes()[bit >> 3] |= (byte) (1 << (bit & 7));
    }

    /** Appends so many bits, all 1. */
    void appendOnes(int bits) {
        int at = reserve(bits);
        int end = at + bits;
        for (; at < end && (at & 7) != 0; at++) {
            set(at);
        }
        Arrays.fill(buffer.bytes(), at >> 3, end >> 3, (byte) 0xFF);
        for (at = Math.max(at, end & ~7); at < end; at++) {
            set(at);
        }
    }
}
