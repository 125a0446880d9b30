package io.millrace.runtime.state;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a {@link StateWriter} wrote. Reading past the end is {@code DATA_CORRUPTED}: the bytes are not what an
 * operator of this version wrote.
 */
public final class StateReader {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Supplier<byte @Nullable []> more;
    private byte[] data;
    private int end;
    private int position;

    /** How many bytes there are behind those at hand. */
    private long behind;

    public StateReader(byte[] data) {
        this(data, 0, data.length);
    }

    public StateReader(byte[] data, int start, int end) {
        this.more = () -> null;
        this.data = data;
        this.position = start;
        this.end = end;
    }

    /**
     * Reads bytes that come one piece after the other.
     *
     * @param length how many there are in all
     * @param pieces gives the next ones, and null behind the last
     */
    public StateReader(long length, Supplier<byte @Nullable []> pieces) {
        this.more = pieces;
        this.data = new byte[0];
        this.behind = length;
    }

    public boolean atEnd() {
        return remaining() == 0;
    }

    private long remaining() {
        return end - position + behind;
    }

    public int readByte() {
        int at = advance(1);
        return data[at];
    }

    public boolean readBoolean() {
        return readByte() != 0;
    }

    public int readInt() {
        int at = advance(4);
        return (int) INT.get(data, at);
    }

    public long readLong() {
        int at = advance(8);
        return (long) LONG.get(data, at);
    }

    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    /** Reads a length that at least so many bytes each must follow. */
    public int readCount(int bytesEach) {
        int count = readInt();
        if (count < 0 || (long) count * bytesEach > remaining()) {
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

    /** Goes on behind so many bytes and returns where they begin in {@code data}, which may be another array afterwards. */
    private int advance(int bytes) {
        if (bytes > end - position) {
            gather(bytes);
        }
        int at = position;
        position = at + bytes;
        return at;
    }

    /** Sees to it that so many bytes are at hand. */
    private void gather(int bytes) {
        if (bytes > remaining()) {
            throw corrupted();
        }
        int kept = end - position;
        byte[] gathered = new byte[kept == 0 ? 0 : Math.max(kept, bytes)];
        System.arraycopy(data, position, gathered, 0, kept);
        while (kept < bytes) {
            byte[] piece = more.get();
            if (piece == null || piece.length > behind) {
                throw corrupted();
            }
            if (kept == 0 && piece.length >= bytes) {
                gathered = piece;
            } else {
                if (piece.length > gathered.length - kept) {
                    gathered = Arrays.copyOf(gathered, Math.max(bytes, kept + piece.length));
                }
                System.arraycopy(piece, 0, gathered, kept, piece.length);
            }
            kept += piece.length;
            behind -= piece.length;
        }
        data = gathered;
        position = 0;
        end = kept;
    }

    private static MillraceException corrupted() {
        return new MillraceException(ErrorCode.DATA_CORRUPTED, "stored state ends before its time");
    }
}
