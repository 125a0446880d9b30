package io.millrace.jdbc.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Reads messages one after the other; the body of the last is read field by field. For one thread at a time. */
final class MessageReader {

    /** Longest message taken: a row of one gigabyte. */
    private static final int LENGTH_MAX = 1 << 30;

    private final BufferedInputStream buffered;
    private final DataInputStream in;
    private byte[] body = new byte[1024];
    private int length;
    private int position;

    MessageReader(InputStream in) {
        this.buffered = new BufferedInputStream(in, 1 << 16);
        this.in = new DataInputStream(buffered);
    }

    /** Reads the next message and returns its type. */
    char next() throws IOException {
        int type = in.read();
        if (type < 0) {
            throw new EOFException("the server closed the connection");
        }
        int size = in.readInt() - 4;
        if (size < 0 || size > LENGTH_MAX) {
            throw new IOException("the server sent a message of " + size + " bytes; is it a Millrace server?");
        }
        if (body.length < size) {
            body = new byte[Math.max(size, 2 * body.length)];
        }
        in.readFully(body, 0, size);
        length = size;
        position = 0;
        return (char) type;
    }

    /** Waits for the next message, as long as the link lets it, and returns whether it began to come. */
    boolean await() throws IOException {
        buffered.mark(1);
        try {
            // The end is something to be read as well: next() tells of it.
            if (buffered.read() >= 0) {
                buffered.reset();
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    byte[] body() {
        return body;
    }

    int position() {
        return position;
    }

    void skip(int count) {
        position += count;
    }

    int remaining() {
        return length - position;
    }

    int byteValue() {
        return body[position++];
    }

    int int16() {
        return ((body[position++] & 0xff) << 8) | (body[position++] & 0xff);
    }

    int int32() {
        return (int16() << 16) | (int16() & 0xffff);
    }

    /** Reads text up to a zero byte. */
    String text() {
        int end = position;
        while (end < length && body[end] != 0) {
            end++;
        }
        String text = new String(body, position, end - position, StandardCharsets.UTF_8);
        position = Math.min(length, end + 1);
        return text;
    }

    byte[] bytes(int count) {
        byte[] value = java.util.Arrays.copyOfRange(body, position, position + count);
        position += count;
        return value;
    }
}
