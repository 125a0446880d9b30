package io.millrace.server.postgres.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Takes messages off a connection. For one thread. Lengths are checked before anything is allocated. */
public final class MessageReader {

    /** Most bytes of the first message, whose sender nobody knows yet. */
    private static final int STARTUP_BYTES_MAX = 10_000;

    /** Most bytes of a message before its sender has proved who it is. */
    public static final int AUTHENTICATION_BYTES_MAX = 65_536;

    /** Up to here a message's length is believed before its bytes are there. */
    private static final int LENGTH_TRUSTED = 128 * 1024;

    private final Buffer buffer;
    private final DataInputStream in;

    public MessageReader(InputStream in) {
        this.buffer = new Buffer(in);
        this.in = new DataInputStream(buffer);
    }

    /** Returns whether the next byte is this one, waiting for it. */
    public boolean startsWith(int first) throws IOException {
        buffer.mark(1);
        int next = buffer.read();
        buffer.reset();
        return next == first;
    }

    /** Takes what has been read off the connection and belongs to no message yet. */
    public byte[] buffered() {
        return buffer.take();
    }

    /** A buffer that gives what it holds and reads nothing for it. */
    private static final class Buffer extends BufferedInputStream {

        private static final int BYTES = 16 * 1024;

        Buffer(InputStream in) {
            super(in, BYTES);
        }

        synchronized byte[] take() {
            byte[] bytes = pos < count ? Arrays.copyOfRange(buf, pos, count) : new byte[0];
            pos = count;
            return bytes;
        }
    }

    /** Reads a first message, which has no type. */
    public Payload startup() throws IOException {
        int length = in.readInt();
        if (length < 8 || length > STARTUP_BYTES_MAX) {
            throw new ProtocolException("invalid length of startup packet");
        }
        return new Payload(body(length - 4));
    }

    /**
     * Reads the next message.
     *
     * @param bytesMax most bytes it may have
     * @throws EOFException at the end, also in the midst of a message
     */
    public Message next(int bytesMax) throws IOException {
        char type = (char) in.readUnsignedByte();
        int length = in.readInt();
        if (length < 4) {
            throw new ProtocolException("invalid message length " + length);
        }
        if (length > bytesMax) {
            throw new ProtocolException("message of " + length + " bytes exceeds the limit of " + bytesMax);
        }
        return new Message(type, body(length - 4));
    }

    /** A long message's array grows with what comes, so that a length alone costs nothing. */
    private byte[] body(int length) throws IOException {
        if (length <= LENGTH_TRUSTED) {
            byte[] body = new byte[length];
            in.readFully(body);
            return body;
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("connection ended within a message");
        }
        return body;
    }
}
