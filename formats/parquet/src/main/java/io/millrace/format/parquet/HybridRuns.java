package io.millrace.format.parquet;

import java.util.Arrays;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;

/**
 * Small numbers as Parquet's hybrid of runs: one number so many times, or groups of eight numbers, packed in as many bits
 * each. Whether a group is a run is seen at its first number, so that numbers without runs cost one look for eight.
 *
 * <pre>
 *   run     count &lt;&lt; 1         the number, in whole bytes
 *   groups  groups &lt;&lt; 1 | 1    eight numbers in so many bits, eight numbers, …
 * </pre>
 *
 * <p>For one thread.
 */
final class HybridRuns {

    private static final int GROUP = 8;
    private static final int VARINT_BYTES_MAX = 5;

    private byte[] bytes = new byte[64];
    private int length;

    /** Returns the bits that the numbers from 0 to this one need: one at least. */
    static int width(int max) {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(max));
    }

    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Appends one byte as it is. */
    void append(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    /** Appends a number in four bytes, the lowest first. */
    void appendInt(int value) {
        reserve(Integer.BYTES);
        putInt(length, value);
        length += Integer.BYTES;
    }

    /** Writes a number over four bytes that have been appended. */
    void putInt(int at, int value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[at + i] = (byte) (value >>> (i * Byte.SIZE));
        }
    }

    /** Appends one number so many times. */
    void appendRun(int number, int count, int width) {
        reserve(VARINT_BYTES_MAX + Integer.BYTES);
        varint(count << 1);
        for (int bit = 0; bit < width; bit += Byte.SIZE) {
            bytes[length++] = (byte) (number >>> bit);
        }
    }

    /**
     * Appends the first numbers of an array.
     *
     * @param numbers none longer than {@code width} bits; the array has room for seven more, which are overwritten
     */
    void append(int[] numbers, int count, int width) {
        Arrays.fill(numbers, count, count + GROUP - 1, 0);
        int packed = 0;
        int at = 0;
        while (at < count) {
            int end = at + 1;
            while (end < count && numbers[end] == numbers[at]) {
                end++;
            }
            if (end - at < GROUP) {
                at += GROUP;
                continue;
            }
            appendGroups(numbers, packed, at, width);
            appendRun(numbers[at], end - at, width);
            at = end;
            packed = end;
        }
        appendGroups(numbers, packed, at, width);
    }

    private void appendGroups(int[] numbers, int from, int to, int width) {
        int groups = (to - from) / GROUP;
        if (groups == 0) {
            return;
        }
        reserve(VARINT_BYTES_MAX + groups * width);
        varint(groups << 1 | 1);
        BytePacker packer = Packer.LITTLE_ENDIAN.newBytePacker(width);
        for (int group = 0; group < groups; group++) {
            packer.pack8Values(numbers, from + group * GROUP, bytes, length);
            length += width;
        }
    }

    private void varint(int value) {
        int left = value;
        while ((left & ~0x7f) != 0) {
            bytes[length++] = (byte) ((left & 0x7f) | 0x80);
            left >>>= 7;
        }
        bytes[length++] = (byte) left;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
