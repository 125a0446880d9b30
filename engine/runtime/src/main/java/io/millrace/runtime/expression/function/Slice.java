package io.millrace.runtime.expression.function;

import io.millrace.spi.row.Utf8Buffer;
import java.nio.charset.StandardCharsets;

/**
 * A value of bytes that a generated expression works with: a part of an array that is not its own, or of its own
 * buffer. Each place in the code that makes bytes has one, so none is overwritten while it is read.
 */
public final class Slice {

    /** The bytes. */
    public byte[] data = {};

    /** Where in {@link #data} the value starts. */
    public int start;

    /** Where it ends, exclusive. */
    public int end;

    private final Utf8Buffer buffer = new Utf8Buffer(32);

    /** Makes it a part of an array. */
    public void set(byte[] bytes, int from, int to) {
        data = bytes;
        start = from;
        end = to;
    }

    public void set(byte[] bytes) {
        set(bytes, 0, bytes.length);
    }

    public void set(String text) {
        set(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns its own buffer, emptied. When it is written, {@link #finish} makes it the value. */
    public Utf8Buffer begin() {
        buffer.clear();
        return buffer;
    }

    /** Makes what lies in the buffer the value. */
    public void finish() {
        set(buffer.bytes(), 0, buffer.length());
    }

    @Override
    public String toString() {
        return new String(data, start, end - start, StandardCharsets.UTF_8);
    }
}
