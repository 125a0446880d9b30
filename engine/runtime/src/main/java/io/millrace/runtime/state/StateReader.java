package io.millrace.runtime.state;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what a {@link StateWriter} wrote. Reading past the end is {@code DATA_CORRUPTED}: the bytes are not what an
 * operator of this version wrote.
 */
public final class StateReader {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] data;
    private final int end;
    private int position;

    public StateReader(byte[] data) {
        this(data, 0, data.length);
    }

    public StateReader(byte[] data, int start, int end) {
        this.data = data;
        this.position = start;
        this.end = end;
    }

    public boolean atEnd() {
        return position == end;
    }

    public int readByte() {
        return data[advance(1)];
    }

    public boolean readBoolean() {
        return readByte() != 0;
    }

    public int readInt() {
        return (int) INT.get(data, advance(4));
    }

    public long readLong() {
        return (long) LONG.get(data, advance(8));
    }

    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    /** Reads a length that at least so many bytes each must follow. */
    public int readCount(int bytesEach) {
        int count = readInt();
        if (count < 0 || (long) count * bytesEach > end - position) {
            throw corrupted();
        }
        return count;
    }

    public byte[] readBytes() {
        int length = readCount(1);
        int start = advance(length);
        return Arrays.copyOfRange(data, start, start + length);
    }

    public String readText() {
        return new String(readBytes(), StandardCharsets.UTF_8);
    }

    public long[] readLongs(int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = readLong();
        }
        return values;
    }

    public int[] readInts(int count) {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = readInt();
        }
        return values;
    }

    public double[] readDoubles(int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = readDouble();
        }
        return values;
    }

    private int advance(int bytes) {
        int at = position;
        if (bytes < 0 || bytes > end - at) {
            throw corrupted();
        }
        position = at + bytes;
        return at;
    }

    private static MillraceException corrupted() {
        return new MillraceException(ErrorCode.DATA_CORRUPTED, "stored state ends before its time");
    }
}
