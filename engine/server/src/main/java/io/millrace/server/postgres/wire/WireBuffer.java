package io.millrace.server.postgres.wire;

import io.millrace.spi.row.Utf8Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bytes on their way out, in one array that grows and is used again. For one thread. */
public final class WireBuffer {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private final int capacityKept;
    private Utf8Buffer buffer;
    private int messageAt;

    /** @param capacityKept how large an array is kept for reuse; it starts with a sixteenth of that */
    public WireBuffer(int capacityKept) {
        this.capacityKept = capacityKept;
        this.buffer = new Utf8Buffer(Math.max(64, capacityKept / 16));
    }

    /** Returns the bytes as text to append to. Another one after {@link #drainTo}. */
    public Utf8Buffer utf8() {
        return buffer;
    }

    public int size() {
        return buffer.length();
    }

    /** Forgets what lies at {@code size} and behind. */
    public void truncate(int size) {
        buffer.truncate(size);
    }

    /** Starts a message of the type. */
    public WireBuffer begin(char type) {
        int8(type);
        messageAt = hole();
        return this;
    }

    /** Ends the message and fills in its length, which counts itself but not the type. */
    public void end() {
        INT.set(buffer.bytes(), messageAt, buffer.length() - messageAt);
    }

    /** Makes room for so many bytes, to be written into {@link #utf8()}, and returns where they begin. */
    public int room(long count) {
        return buffer.reserve(Math.toIntExact(count));
    }

    /** Leaves room for a length and returns where it is. */
    public int hole() {
        return buffer.reserve(4);
    }

    /** Fills a hole with the number of bytes that follow it. */
    public void fill(int hole) {
        INT.set(buffer.bytes(), hole, buffer.length() - hole - 4);
    }

    public WireBuffer int8(int value) {
        int at = buffer.reserve(1);
        buffer.bytes()[at] = (byte) value;
        return this;
    }

    public WireBuffer int16(int value) {
        int at = buffer.reserve(2);
        SHORT.set(buffer.bytes(), at, (short) value);
        return this;
    }

    public WireBuffer int32(int value) {
        int at = buffer.reserve(4);
        INT.set(buffer.bytes(), at, value);
        return this;
    }

    public WireBuffer int64(long value) {
        int at = buffer.reserve(8);
        LONG.set(buffer.bytes(), at, value);
        return this;
    }

    public WireBuffer bytes(byte[] source, int start, int end) {
        buffer.append(source, start, end);
        return this;
    }

    public WireBuffer bytes(byte[] source) {
        return bytes(source, 0, source.length);
    }

    /** Appends text as UTF-8 without an end mark. */
    public WireBuffer raw(String text) {
        buffer.append(text);
        return this;
    }

    /** Appends text with its zero byte. A zero inside it would end it early and is left out. */
    public WireBuffer text(String text) {
        return raw(text.indexOf(0) < 0 ? text : text.replace("\0", "")).int8(0);
    }

    /** Writes everything out and starts anew. An array that has grown large is given back. */
    public void drainTo(OutputStream out) throws IOException {
        int length = buffer.length();
        buffer.clear();
        out.write(buffer.bytes(), 0, length);
        if (buffer.bytes().length > capacityKept) {
            buffer = new Utf8Buffer(capacityKept);
        }
    }
}
