package io.millrace.jdbc.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Rows that lie behind one another in the array they came in, and a look at one of them at a time: nothing is copied
 * and nothing made for a row. Used again from block to block.
 *
 * <p>For the thread that reads the answer; what others do with the session meanwhile leaves the block as it is.
 */
public final class RowBlock implements Cells {

    /** Type and length of a message; behind them, a row has the number of its cells. */
    private static final int HEADER_BYTES = 5;

    private static final int NULL = -1;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes = new byte[0];
    private int[] starts = new int[0];
    private int[] lengths = new int[0];
    private int next;
    private int end;

    /** Starts anew with the messages from {@code start} to {@code end}, which are rows all of them. */
    void reset(byte[] messages, int start, int afterLast) {
        bytes = messages;
        next = start;
        end = afterLast;
    }

    /** Goes on to the next row and returns whether there is one. */
    public boolean advance() {
        if (next >= end) {
            return false;
        }
        byte[] from = bytes;
        int at = next + HEADER_BYTES;
        int count = (short) SHORT.get(from, at);
        if (starts.length != count) {
            starts = new int[count];
            lengths = new int[count];
        }
        at += Short.BYTES;
        for (int i = 0; i < count; i++) {
            int length = (int) INT.get(from, at);
            at += Integer.BYTES;
            starts[i] = at;
            lengths[i] = length;
            at += Math.max(length, 0);
        }
        next += 1 + (int) INT.get(from, next + 1);
        return true;
    }

    @Override
    public boolean isNull(int column) {
        return lengths[column] == NULL;
    }

    @Override
    public @Nullable String text(int column) {
        return isNull(column) ? null : new String(bytes, starts[column], lengths[column], StandardCharsets.UTF_8);
    }

    @Override
    public long bits(int column) {
        int start = starts[column];
        switch (lengths[column]) {
            case Byte.BYTES:
                return bytes[start];
            case Short.BYTES:
                return (short) SHORT.get(bytes, start);
            case Integer.BYTES:
                return (int) INT.get(bytes, start);
            case Long.BYTES:
                return (long) LONG.get(bytes, start);
            default:
                throw new IllegalStateException("a cell of " + lengths[column] + " bytes has no fixed width");
        }
    }
}
