package io.millrace.server.file;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.BytesColumn;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The records of a file of text, many at a time, without their line ends; empty lines are none. They are slices of one
 * array, which is another one for each batch, so what is made of them may point into it. For one thread at a time.
 */
final class Lines implements AutoCloseable {

    private static final int RECORD_BYTES_MAX = 10 << 20;
    private static final int BLOCK_BYTES = 1 << 19;

    /** What some programs begin files of UTF-8 with: no part of the text. */
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final RecordEnd ends;
    private final int bytesMax;
    private final BytesColumn records = new BytesColumn(0);
    private byte[] block = {};
    private int from;
    private int to;
    private boolean begun;
    private boolean ended;
    private long lines;
    private long firstLine;

    /** @param bytesMax after how many bytes a batch ends */
    Lines(InputStream in, RecordLines ends, int bytesMax) {
        this.in = in;
        this.ends = new RecordEnd(ends);
        this.bytesMax = bytesMax;
    }

    Lines(InputStream in, RecordLines ends) {
        this(in, ends, BLOCK_BYTES);
    }

    BytesColumn records() {
        return records;
    }

    /** Returns about which line, from 1, a record of this batch is: exactly where no line is empty and none has quotes. */
    long line(int record) {
        return firstLine + record + 1;
    }

    /** Finds the next records, and returns how many there are; 0 at the end. */
    int next(int countMax) throws IOException {
        firstLine = lines;
        records.ensureCapacity(countMax);
        records.share(block);
        int count = 0;
        while (count < countMax) {
            int end = end();
            if (end < 0 && count > 0) {
                return count;
            }
            if (end < 0 && !ended) {
                fill();
                continue;
            }
            if (end < 0 && from == to) {
                return 0;
            }
            int stop = end < 0 ? to : end;
            count += record(count, from, stop) ? 1 : 0;
            lines++;
            from = Math.min(to, stop + 1);
        }
        return count;
    }

    private boolean record(int row, int start, int stop) {
        int end = stop > start && block[stop - 1] == '\r' ? stop - 1 : stop;
        records.slice(row, start, end);
        return end > start;
    }

    /** Returns where the record that starts at {@code from} ends, or -1 where that is not in the block. */
    private int end() {
        ends.begin();
        return ends.find(block, from, to);
    }

    /** Reads on, into another array: records of the batch before may be in this one. */
    private void fill() throws IOException {
        int left = to - from;
        if (left >= RECORD_BYTES_MAX) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "line " + (lines + 1) + " is longer than " + RECORD_BYTES_MAX + " bytes",
                    ends.quoted() ? "perhaps a quote has no end" : null);
        }
        byte[] fresh = new byte[Math.max(bytesMax, Math.min(RECORD_BYTES_MAX, 2 * left))];
        System.arraycopy(block, from, fresh, 0, left);
        int read = in.readNBytes(fresh, left, fresh.length - left);
        ended = read < fresh.length - left;
        boolean marked = !begun && Arrays.equals(fresh, 0, Math.min(3, read), BYTE_ORDER_MARK, 0, 3);
        begun = true;
        block = fresh;
        from = marked ? BYTE_ORDER_MARK.length : 0;
        to = left + read;
        records.share(block);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
