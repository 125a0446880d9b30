package io.millrace.server.engine;

import io.millrace.server.file.RecordEnd;
import io.millrace.server.file.RecordLines;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a file that are not empty, each without its end; where the file has quotes, a line goes on behind a line end
 * that stands between them. The mark that some programs put in front of UTF-8 is no part of the first. For one thread at a
 * time.
 */
final class LineReader implements Closeable {

    /** Most bytes that a line may have. */
    static final int LINE_BYTES_MAX = 10 << 20;

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final RecordEnd ends;
    private byte[] data = new byte[1 << 16];
    private int at;
    private int used;
    private boolean ended;
    private int start;
    private int end;
    private long number;
    private boolean begun;

    LineReader(InputStream in, RecordLines ends) {
        this.in = in;
        this.ends = new RecordEnd(ends);
    }

    /** Returns the bytes that the line is a slice of, until the next is read. */
    byte[] data() {
        return data;
    }

    /** Returns where in {@link #data()} the line starts. */
    int start() {
        return start;
    }

    /** Returns where in {@link #data()} the line ends, exclusive. */
    int end() {
        return end;
    }

    /** Returns the number in the file of the first of its lines, from 1, empty ones counted. */
    long number() {
        return number;
    }

    /**
     * Goes to the next line that is not empty.
     *
     * @return whether there is one
     * @throws IOException where the file cannot be read
     * @throws MillraceException {@code LIMIT_EXCEEDED} where a line is too long
     */
    boolean next() throws IOException {
        if (!begun) {
            begun = true;
            passMark();
        }
        while (true) {
            long further = ends.lineEndsInside();
            int lineEnd = findEnd();
            if (lineEnd == used && ended && at == used) {
                return false;
            }
            number += 1 + further;
            start = at;
            end = lineEnd > start && data[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
            at = Math.min(lineEnd + 1, used);
            if (end > start) {
                return true;
            }
        }
    }

    private void passMark() throws IOException {
        while (used < MARK.length && !ended) {
            read();
        }
        if (used >= MARK.length && Arrays.equals(data, 0, MARK.length, MARK, 0, MARK.length)) {
            at = MARK.length;
        }
    }

    /** Returns where the line that starts at {@code at} ends, reading on until it does. */
    private int findEnd() throws IOException {
        ends.begin();
        int looked = 0;
        while (true) {
            int found = ends.find(data, at + looked, used);
            if (found >= 0 || ended) {
                return found >= 0 ? found : used;
            }
            looked = used - at;
            read();
        }
    }

    /** Reads more behind what is left, which it moves to the front. */
    private void read() throws IOException {
        System.arraycopy(data, at, data, 0, used - at);
        used -= at;
        at = 0;
        if (used > LINE_BYTES_MAX) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "line " + (number + 1) + " is longer than " + LINE_BYTES_MAX + " bytes",
                    ends.quoted() ? "perhaps a quote has no end" : null);
        }
        if (used == data.length) {
            data = Arrays.copyOf(data, 2 * used);
        }
        int count = in.read(data, used, data.length - used);
        ended = count < 0;
        used += Math.max(0, count);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
