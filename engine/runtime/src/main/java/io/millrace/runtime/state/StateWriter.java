package io.millrace.runtime.state;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes state as bytes, little-endian: collects them in an array that grows on demand, or passes them on block by block.
 */
public final class StateWriter {

    /** Takes bytes block by block. */
    public interface Blocks {

        /**
         * Takes the next bytes.
         *
         * @param block has them in its first {@code length} places, and belongs to the callee from now on
         * @return an array for further bytes, of the same length or longer; may be the same one
         */
        byte[] take(byte[] block, int length);
    }

    private static final int BLOCK_BYTES = 256 << 10;

    /** So many numbers are written after one look at whether there is room. */
    private static final int AT_ONCE = 1024;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final @Nullable Blocks blocks;
    private byte[] data;
    private int size;

    /** Collects what is written. */
    public StateWriter() {
        blocks = null;
        data = new byte[256];
    }

    /** Passes what is written on; what is left is with {@link #flush}. */
    public StateWriter(Blocks blocks) {
        this.blocks = blocks;
        this.data = new byte[BLOCK_BYTES];
    }

    /** Passes on what is left, where it passes anything on. */
    public void flush() {
        if (blocks != null && size > 0) {
            data = blocks.take(data, size);
            size = 0;
        }
    }

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
        writeInt(end - start);
        writeRaw(source, start, end);
    }

    /** Writes bytes as they are, such as those that another wrote. */
    public void writeRaw(byte[] source, int start, int end) {
        int from = start;
        while (blocks != null && end - from > data.length - size) {
            int some = data.length - size;
            System.arraycopy(source, from, data, size, some);
            size += some;
            from += some;
            flush();
        }
        ensure(end - from);
        System.arraycopy(source, from, data, size, end - from);
        size += end - from;
    }

    public void writeBytes(byte[] source) {
        writeBytes(source, 0, source.length);
    }

    public void writeText(String text) {
        writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the first values of an array, without their count. */
    public void writeLongs(long[] values, int count) {
        for (int done = 0; done < count; done += AT_ONCE) {
            int until = Math.min(count, done + AT_ONCE);
            ensure(8 * AT_ONCE);
            for (int i = done; i < until; i++) {
                LONG.set(data, size, values[i]);
                size += 8;
            }
        }
    }

    /** Writes the first values of an array, without their count. */
    public void writeInts(int[] values, int count) {
        for (int done = 0; done < count; done += AT_ONCE) {
            int until = Math.min(count, done + AT_ONCE);
            ensure(4 * AT_ONCE);
            for (int i = done; i < until; i++) {
                INT.set(data, size, values[i]);
                size += 4;
            }
        }
    }

    /** Writes the first values of an array, without their count. */
    public void writeDoubles(double[] values, int count) {
        for (int i = 0; i < count; i++) {
            writeDouble(values[i]);
        }
    }

    private void ensure(int more) {
        if (more > data.length - size) {
            makeRoom(more);
        }
    }

    private void makeRoom(int more) {
        flush();
        long needed = (long) size + more;
        if (needed > data.length) {
            if (needed > Integer.MAX_VALUE - 8) {
                throw new MillraceException(ErrorCode.LIMIT_EXCEEDED, "one value of a state is larger than 2 GiB");
            }
            data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * data.length)));
        }
    }
}
