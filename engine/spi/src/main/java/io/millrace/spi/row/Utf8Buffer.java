package io.millrace.spi.row;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text under construction, as UTF-8 in an array that grows. */
public final class Utf8Buffer {

    private static final long LENGTH_MAX = Integer.MAX_VALUE - 8;

    private byte[] bytes;
    private int length;

    public Utf8Buffer() {
        this(64);
    }

    public Utf8Buffer(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** Returns the array whose first {@link #length()} bytes are the text. Another one after it has grown. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** Cuts the text to its first bytes. */
    public void truncate(int newLength) {
        length = newLength;
    }

    public void clear() {
        length = 0;
    }

    /** Makes room for so many bytes behind the text and counts them as used; returns where they start. */
    public int reserve(int count) {
        int at = length;
        long needed = (long) at + count;
        if (needed > bytes.length) {
            grow(needed);
        }
        length = (int) needed;
        return at;
    }

    private void grow(long needed) {
        if (needed > LENGTH_MAX) {
            throw new OutOfMemoryError("a text holds at most 2 GiB");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(LENGTH_MAX, Math.max(needed, 2L * bytes.length)));
    }

    public Utf8Buffer append(byte value) {
        int at = reserve(1);
        bytes[at] = value;
        return this;
    }

    /** Appends a character below U+0080. */
    public Utf8Buffer append(char ascii) {
        return append((byte) ascii);
    }

    public Utf8Buffer append(byte[] source, int start, int end) {
        int at = reserve(end - start);
        System.arraycopy(source, start, bytes, at, end - start);
        return this;
    }

    public Utf8Buffer append(byte[] source) {
        return append(source, 0, source.length);
    }

    public Utf8Buffer append(String text) {
        return append(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends a code point. */
    public Utf8Buffer appendCodePoint(int codePoint) {
        if (codePoint < 0x80) {
            return append((byte) codePoint);
        }
        if (codePoint < 0x800) {
            append((byte) (0xC0 | (codePoint >> 6)));
        } else {
            if (codePoint < 0x10000) {
                append((byte) (0xE0 | (codePoint >> 12)));
            } else {
                append((byte) (0xF0 | (codePoint >> 18)));
                append((byte) (0x80 | ((codePoint >> 12) & 0x3F)));
            }
            append((byte) (0x80 | ((codePoint >> 6) & 0x3F)));
        }
        return append((byte) (0x80 | (codePoint & 0x3F)));
    }

    /** Appends a number in decimal digits. */
    public Utf8Buffer append(long number) {
        if (number < 0) {
            append('-');
        }
        return appendDigits(number, 1);
    }

    /** Appends the digits of a number's magnitude, with zeros in front up to so many. */
    public Utf8Buffer appendDigits(long number, int digitsMin) {
        int digits = Math.max(digitsMin, digitCount(number));
        int end = reserve(digits) + digits;
        long rest = number;
        for (int at = end - 1; at >= end - digits; at--) {
            bytes[at] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        }
        return this;
    }

    private static int digitCount(long number) {
        int count = 1;
        for (long rest = number / 10; rest != 0; rest /= 10) {
            count++;
        }
        return count;
    }

    /** Returns a copy of the bytes. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
