package io.millrace.server.postgres.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes on their way out, in one array that grows and is used again. For one thread. */
public final class WireBuffer {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final int DECIMAL_LENGTH_MAX = 20;

    private final int capacityKept;
    private byte[] bytes;
    private int size;
    private int messageAt;

    /** @param capacityKept how large an array is kept for reuse; it starts with a sixteenth of that */
    public WireBuffer(int capacityKept) {
        this.capacityKept = capacityKept;
        this.bytes = new byte[Math.max(64, capacityKept / 16)];
    }

    public int size() {
        return size;
    }

    /** Forgets what lies at {@code size} and behind. */
    public void truncate(int size) {
        this.size = size;
    }

    /** Returns the bytes; only the first {@link #size()} count. Another array after growing. */
    public byte[] array() {
        return bytes;
    }

    /** Starts a message of the type. */
    public WireBuffer begin(char type) {
        int8(type);
        messageAt = hole();
        return this;
    }

    /** Ends the message and fills in its length, which counts itself but not the type. */
    public void end() {
        INT.set(bytes, messageAt, size - messageAt);
    }

    /** Leaves room for a length and returns where it is. */
    public int hole() {
        int at = size;
        grow(4);
        size = at + 4;
        return at;
    }

    /** Fills a hole with the number of bytes that follow it. */
    public void fill(int hole) {
        INT.set(bytes, hole, size - hole - 4);
    }

    public WireBuffer int8(int value) {
        grow(1);
        bytes[size++] = (byte) value;
        return this;
    }

    public WireBuffer int16(int value) {
        grow(2);
        SHORT.set(bytes, size, (short) value);
        size += 2;
        return this;
    }

    public WireBuffer int32(int value) {
        grow(4);
        INT.set(bytes, size, value);
        size += 4;
        return this;
    }

    public WireBuffer int64(long value) {
        grow(8);
        LONG.set(bytes, size, value);
        size += 8;
        return this;
    }

    public WireBuffer bytes(byte[] source, int start, int end) {
        grow(end - start);
        System.arraycopy(source, start, bytes, size, end - start);
        size += end - start;
        return this;
    }

    public WireBuffer bytes(byte[] source) {
        return bytes(source, 0, source.length);
    }

    /** Appends text as UTF-8 without an end mark. */
    public WireBuffer raw(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends text that is ASCII alone. */
    public WireBuffer ascii(String text) {
        int length = text.length();
        grow(length);
        for (int i = 0; i < length; i++) {
            bytes[size + i] = (byte) text.charAt(i);
        }
        size += length;
        return this;
    }

    /** Appends text with its zero byte. A zero inside it would end it early and is left out. */
    public WireBuffer text(String text) {
        return raw(text.indexOf(0) < 0 ? text : text.replace("\0", "")).int8(0);
    }

    /** Appends a number in decimal. */
    public WireBuffer decimal(long value) {
        grow(DECIMAL_LENGTH_MAX);
        long rest = value < 0 ? value : -value;
        int digits = 1;
        for (long bound = -10; digits < 19 && rest <= bound; bound *= 10) {
            digits++;
        }
        if (value < 0) {
            bytes[size++] = '-';
        }
        for (int at = size + digits - 1; at >= size; at--) {
            bytes[at] = (byte) ('0' - rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    /** Appends exactly so many digits of a number that is not negative, zeros in front. */
    public WireBuffer digits(long value, int count) {
        grow(count);
        long rest = value;
        for (int at = size + count - 1; at >= size; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += count;
        return this;
    }

    /** Writes everything out and starts anew. An array that has grown large is given back. */
    public void drainTo(OutputStream out) throws IOException {
        int length = size;
        size = 0;
        out.write(bytes, 0, length);
        if (bytes.length > capacityKept) {
            bytes = new byte[capacityKept];
        }
    }

    private void grow(int more) {
        if (more > bytes.length - size) {
            long needed = (long) size + more;
            if (needed > Integer.MAX_VALUE - 8) {
                throw new OutOfMemoryError("a message holds at most 2 GiB");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * bytes.length)));
        }
    }
}
