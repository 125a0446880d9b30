package io.millrace.jdbc.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Puts messages together and sends them at one go. For one thread at a time. */
final class MessageWriter {

    private final OutputStream out;
    private byte[] buffer = new byte[512];
    private int used;
    private int lengthAt;

    MessageWriter(OutputStream out) {
        this.out = out;
    }

    /** Starts a message of this type. */
    MessageWriter start(char type) {
        byteValue(type);
        return startUntyped();
    }

    /** Starts a message that has no type byte: those before the session begins. */
    MessageWriter startUntyped() {
        lengthAt = used;
        return int32(0);
    }

    /** Ends the message that was started last. */
    MessageWriter end() {
        int length = used - lengthAt;
        for (int i = 0; i < 4; i++) {
            buffer[lengthAt + i] = (byte) (length >>> (24 - 8 * i));
        }
        return this;
    }

    MessageWriter byteValue(int value) {
        room(1);
        buffer[used++] = (byte) value;
        return this;
    }

    MessageWriter int16(int value) {
        return byteValue(value >>> 8).byteValue(value);
    }

    MessageWriter int32(int value) {
        return int16(value >>> 16).int16(value);
    }

    MessageWriter bytes(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, buffer, used, value.length);
        used += value.length;
        return this;
    }

    /** Adds text with a zero byte behind it. */
    MessageWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8)).byteValue(0);
    }

    /** Sends what was put together. */
    void flush() throws IOException {
        out.write(buffer, 0, used);
        out.flush();
        used = 0;
    }

    private void room(int count) {
        if (used + count > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(used + count, 2 * buffer.length));
        }
    }
}
