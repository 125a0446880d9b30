package io.millrace.jdbc.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads messages one after the other; the body of the last is read field by field, where it came to lie. A read that
 * times out loses nothing. For one thread at a time.
 */
final class MessageReader {

    /** Longest message taken: a row of one gigabyte. */
    private static final int LENGTH_MAX = 1 << 30;

    /** Type and length. */
    private static final int HEADER_BYTES = 5;

    private static final int BYTES_FIRST = 1 << 13;

    /** How long an array gets that is read into as fast as it goes; longer ones are for one long message. */
    private static final int BYTES_KEPT = 1 << 17;

    private final InputStream in;
    private byte[] buffer = new byte[BYTES_FIRST];
    /** Where the next field, the end of the message and the end of what was read are. */
    private int position;

    private int messageStart;
    private int messageEnd;
    private int limit;
    /** Whether somebody still looks at rows that lie in the array. */
    private boolean lent;

    MessageReader(InputStream in) {
        this.in = in;
    }

    /** Reads the next message and returns its type. */
    char next() throws IOException {
        need(HEADER_BYTES);
        int size = length(messageEnd);
        if (size < Integer.BYTES || size > LENGTH_MAX) {
            throw new IOException("the server sent a message of " + size + " bytes; is it a Millrace server?");
        }
        need(1 + size);
        messageStart = messageEnd;
        position = messageStart + HEADER_BYTES;
        messageEnd += 1 + size;
        return (char) buffer[messageStart];
    }

    private int length(int at) {
        return ((buffer[at + 1] & 0xff) << 24)
                | ((buffer[at + 2] & 0xff) << 16)
                | ((buffer[at + 3] & 0xff) << 8)
                | (buffer[at + 4] & 0xff);
    }

    /** Lends the last message, a row, and the rows behind it that have come whole; they count as read. */
    void rows(RowBlock block) {
        int start = messageStart;
        while (limit - messageEnd >= HEADER_BYTES && buffer[messageEnd] == 'D') {
            int size = length(messageEnd);
            if (size < Integer.BYTES || size > limit - messageEnd - 1) {
                break;
            }
            messageEnd += 1 + size;
        }
        position = messageEnd;
        lent = true;
        block.reset(buffer, start, messageEnd);
    }

    /** Says that nobody looks at lent rows any more. */
    void returned() {
        lent = false;
    }

    /** Waits for the next message, as long as the link lets it, and returns whether it began to come. */
    boolean await() throws IOException {
        try {
            need(1);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (EOFException e) {
            // The end is something to be read as well: next() tells of it.
            return true;
        }
    }

    /** Reads until so many bytes are there behind the last message. */
    private void need(int count) throws IOException {
        while (limit - messageEnd < count) {
            makeRoom(count);
            int read = in.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                throw new EOFException("the server closed the connection");
            }
            limit += read;
        }
    }

    private void makeRoom(int count) {
        if (messageEnd == 0 && limit < buffer.length && count <= buffer.length) {
            return;
        }
        boolean grows = limit == buffer.length && buffer.length < BYTES_KEPT;
        int capacity = Math.max(count, grows ? 2 * buffer.length : Math.min(buffer.length, BYTES_KEPT));
        byte[] target = lent || capacity != buffer.length ? new byte[capacity] : buffer;
        int left = limit - messageEnd;
        System.arraycopy(buffer, messageEnd, target, 0, left);
        buffer = target;
        lent = false;
        position = 0;
        messageStart = 0;
        messageEnd = 0;
        limit = left;
    }

    int remaining() {
        return messageEnd - position;
    }

    int byteValue() {
        return buffer[position++];
    }

    int int16() {
        return ((buffer[position++] & 0xff) << 8) | (buffer[position++] & 0xff);
    }

    int int32() {
        return (int16() << 16) | (int16() & 0xffff);
    }

    /** Reads text up to a zero byte. */
    String text() {
        int end = position;
        while (end < messageEnd && buffer[end] != 0) {
            end++;
        }
        String text = new String(buffer, position, end - position, StandardCharsets.UTF_8);
        position = Math.min(messageEnd, end + 1);
        return text;
    }

    byte[] bytes(int count) {
        byte[] value = Arrays.copyOfRange(buffer, position, position + count);
        position += count;
        return value;
    }
}
