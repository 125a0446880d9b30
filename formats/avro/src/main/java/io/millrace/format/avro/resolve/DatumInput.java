package io.millrace.format.avro.resolve;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;

/**
 * Avro's binary form of one datum in an array. Lengths are seen to fit what is there before anything is made of them:
 * whoever puts records may put anything. For one thread at a time.
 */
public final class DatumInput {

    private static final int LONG_BITS_MAX = 63;

    private byte[] bytes = {};
    private int at;
    private int end;

    /** Reads from here on. */
    public void reset(byte[] array, int from, int to) {
        bytes = array;
        at = from;
        end = to;
    }

    /** Returns how many bytes are left. */
    public int left() {
        return end - at;
    }

    byte[] bytes() {
        return bytes;
    }

    private static RowFailure malformed(String reason) {
        return new RowFailure(ErrorCode.INVALID_VALUE, reason);
    }

    boolean readBoolean() {
        byte value = bytes[take(1)];
        if (value != 0 && value != 1) {
            throw malformed("a boolean of " + value);
        }
        return value == 1;
    }

    /** Returns a number as Avro writes int and long: zigzag, seven bits a byte. */
    long readLong() {
        long value = 0;
        for (int shift = 0; shift <= LONG_BITS_MAX; shift += 7) {
            if (at == end) {
                throw malformed("it ends in a number");
            }
            byte next = bytes[at++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw malformed("a number of more than 64 bits");
    }

    int readInt() {
        long value = readLong();
        if (value != (int) value) {
            throw malformed("an int of " + value);
        }
        return (int) value;
    }

    float readFloat() {
        int from = take(Float.BYTES);
        int bits = 0;
        for (int i = Float.BYTES - 1; i >= 0; i--) {
            bits = (bits << 8) | (bytes[from + i] & 0xFF);
        }
        return Float.intBitsToFloat(bits);
    }

    double readDouble() {
        int from = take(Double.BYTES);
        long bits = 0;
        for (int i = Double.BYTES - 1; i >= 0; i--) {
            bits = (bits << 8) | (bytes[from + i] & 0xFF);
        }
        return Double.longBitsToDouble(bits);
    }

    /** Returns the length of text or bytes that follow. */
    int readLength() {
        long length = readLong();
        if (length < 0 || length > left()) {
            throw malformed("a value of " + length + " bytes where " + left() + " are left");
        }
        return (int) length;
    }

    /** Passes over bytes, which are there, and returns where they begin. */
    int take(int length) {
        if (length > left()) {
            throw malformed("it ends in a value of " + length + " bytes");
        }
        int from = at;
        at += length;
        return from;
    }

    /** Returns how many items the next block of an array or map has; 0 where there is none. */
    int readBlock() {
        long count = readLong();
        if (count < 0) {
            // The length in bytes follows, for those who pass over the block.
            count = -count;
            readLong();
        }
        // No item that can be a column takes less than a byte.
        if (count < 0 || count > left()) {
            throw malformed("a block of " + count + " items where " + left() + " bytes are left");
        }
        return (int) count;
    }
}
