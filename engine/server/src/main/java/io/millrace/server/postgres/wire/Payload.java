package io.millrace.server.postgres.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The body of a message, read from its start to its end. Reading past the end is a {@link ProtocolException}. */
public final class Payload {

    private final byte[] bytes;
    private int at;

    public Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    public int remaining() {
        return bytes.length - at;
    }

    public byte int8() {
        return bytes[advance(1)];
    }

    public short int16() {
        int from = advance(2);
        return (short) (bytes[from] << 8 | (bytes[from + 1] & 0xFF));
    }

    public int int32() {
        int from = advance(4);
        return ByteBuffer.wrap(bytes).getInt(from);
    }

    public long int64() {
        int from = advance(8);
        return ByteBuffer.wrap(bytes).getLong(from);
    }

    /** Returns a copy of the next bytes. */
    public byte[] bytes(int length) {
        int from = advance(length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    /** Returns the bytes that a length precedes, or null where the length is −1. */
    public byte @Nullable [] value() {
        int length = int32();
        return length == -1 ? null : bytes(length);
    }

    /** Returns the text up to the next zero byte. */
    public String text() {
        int end = at;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        if (end == bytes.length) {
            throw new ProtocolException("invalid string in message");
        }
        String text = utf8(at, end - at);
        at = end + 1;
        return text;
    }

    private String utf8(int from, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolException("invalid byte sequence for encoding \"UTF8\"");
        }
    }

    /** Returns a count of things, of which each takes at least so many bytes. */
    public int count(int bytesEach) {
        int count = int16() & 0xFFFF;
        if ((long) count * bytesEach > remaining()) {
            throw new ProtocolException("insufficient data left in message");
        }
        return count;
    }

    /** Checks that nothing is left. */
    public void end() {
        if (remaining() != 0) {
            throw new ProtocolException("invalid message format: " + remaining() + " bytes too many");
        }
    }

    private int advance(int length) {
        if (length < 0 || length > remaining()) {
            throw new ProtocolException("insufficient data left in message");
        }
        int from = at;
        at += length;
        return from;
    }
}
