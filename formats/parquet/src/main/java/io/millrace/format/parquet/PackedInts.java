package io.millrace.format.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Small numbers as the format's hybrid of runs and packed bits has them: levels, and places in a dictionary. For one
 * thread.
 *
 * <pre>
 *   header (varint)  even: a run of header / 2 times one number     odd: header / 2 times eight numbers, packed
 * </pre>
 */
final class PackedInts {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int WIDTH_MAX = 32;

    private final byte[] data;
    private final int end;
    private final int width;
    private int position;

    /** What is left of the run or of the packed numbers at hand. */
    private int left;

    private boolean packed;
    private int value;

    /** Of the next packed number. */
    private long bit;

    PackedInts(byte[] data, int start, int end, int width) {
        if (width < 0 || width > WIDTH_MAX || start > end || end > data.length) {
            throw new IllegalArgumentException("numbers of " + width + " bits do not fit their page");
        }
        this.data = data;
        this.position = start;
        this.end = end;
        this.width = width;
    }

    /** Writes the next numbers. */
    void read(int[] to, int from, int count) {
        int at = from;
        int stop = from + count;
        while (at < stop) {
            if (left == 0) {
                header();
            }
            int some = Math.min(left, stop - at);
            if (packed) {
                unpack(to, at, some);
            } else {
                Arrays.fill(to, at, at + some, value);
            }
            left -= some;
            at += some;
        }
    }

    private void header() {
        int header = varint();
        packed = (header & 1) != 0;
        if (!packed) {
            left = header >>> 1;
            value = number((width + 7) / 8);
        } else {
            int groups = header >>> 1;
            long bytes = (long) groups * width;
            bit = (long) position << 3;
            // The last group may be cut off where its numbers are not needed.
            left = (int)
                    Math.min(Integer.MAX_VALUE, Math.min(groups * 8L, width == 0 ? Long.MAX_VALUE : numbersLeft()));
            position = (int) Math.min(end, position + bytes);
        }
        if (left == 0) {
            throw new IllegalArgumentException("a run of numbers is empty");
        }
    }

    private long numbersLeft() {
        return (long) (end - position) * 8 / width;
    }

    private int varint() {
        int number = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = number(1);
            number |= (next & 0x7F) << shift;
            if (next < 0x80) {
                return number;
            }
        }
        throw new IllegalArgumentException("a run of numbers has no length");
    }

    private int number(int bytes) {
        if (bytes > end - position) {
            throw new IllegalArgumentException("a page has fewer numbers than its header says");
        }
        int number = 0;
        for (int i = 0; i < bytes; i++) {
            number |= (data[position++] & 0xFF) << (8 * i);
        }
        return number;
    }

    private void unpack(int[] to, int from, int count) {
        long mask = (1L << width) - 1;
        long next = bit;
        // Eight bytes are read at a time, of which those behind the array's end are not there: a number may start in
        // the
        // first of the last eight.
        long lastBit = (data.length - 8) * 8L + 7;
        int whole = (int) Math.min(count, Math.max(0, Math.floorDiv(lastBit - next, Math.max(1, width)) + 1));
        for (int i = from; i < from + whole; i++) {
            to[i] = (int) (((long) LONGS.get(data, (int) (next >>> 3)) >>> (next & 7)) & mask);
            next += width;
        }
        for (int i = from + whole; i < from + count; i++) {
            to[i] = (int) (tail(next) & mask);
            next += width;
        }
        bit = next;
    }

    private long tail(long at) {
        int first = (int) (at >>> 3);
        long bytes = 0;
        for (int i = 0; i < 8 && first + i < data.length; i++) {
            bytes |= (data[first + i] & 0xFFL) << (8 * i);
        }
        return bytes >>> (at & 7);
    }
}
