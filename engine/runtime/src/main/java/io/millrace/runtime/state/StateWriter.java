package io.millrace.runtime.state;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects state as bytes, little-endian. Grows on demand. */
public final class StateWriter {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] data = new byte[256];
    private int size;

    /** Returns the array that holds what was written, in its first {@link #size()} places. */
    public byte[] data() {
        return data;
    }

    public int size() {
        return size;
    }

    /** Forgets what was written and keeps the array. */
    public void clear() {
        size = 0;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(data, size);
    }

    public void writeByte(int value) {
        ensure(1);
        data[size++] = (byte) value;
    }

    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    public void writeInt(int value) {
        ensure(4);
        INT.set(data, size, value);
        size += 4;
    }

    public void writeLong(long value) {
        ensure(8);
        LONG.set(data, size, value);
        size += 8;
    }

    public void writeDouble(double value) {
        writeLong(Double.doubleToRawLongBits(value));
    }

    /** Writes a length and the bytes. */
    public void writeBytes(byte[] source, int start, int end) {
        int length = end - start;
        writeInt(length);
        ensure(length);
        System.arraycopy(source, start, data, size, length);
        size += length;
    }

    public void writeBytes(byte[] source) {
        writeBytes(source, 0, source.length);
    }

    public void writeText(String text) {
        writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the first values of an array, without their count. */
    public void writeLongs(long[] values, int count) {
        ensure(8L * count);
        for (int i = 0; i < count; i++) {
            LONG.set(data, size, values[i]);
            size += 8;
        }
    }

    /** Writes the first values of an array, without their count. */
    public void writeInts(int[] values, int count) {
        ensure(4L * count);
        for (int i = 0; i < count; i++) {
            INT.set(data, size, values[i]);
            size += 4;
        }
    }

    /** Writes the first values of an array, without their count. */
    public void writeDoubles(double[] values, int count) {
        for (int i = 0; i < count; i++) {
            writeDouble(values[i]);
        }
    }

    private void ensure(long more) {
        long needed = size + more;
        if (needed > data.length) {
            if (needed > Integer.MAX_VALUE - 8) {
                throw new MillraceException(ErrorCode.LIMIT_EXCEEDED, "the state of one operator is larger than 2 GiB");
            }
            data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * data.length)));
        }
    }
}
