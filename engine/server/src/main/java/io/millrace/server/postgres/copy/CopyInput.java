package io.millrace.server.postgres.copy;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Turns what a client sends for a {@code COPY FROM} into rows. For one thread.
 *
 * <p>Bytes gather in a chunk; when it is full, its whole records become a batch, and the rest is moved to its
 * front. So memory is bounded by the longest record, and rows go on in batches that are worth an append. When a
 * record cannot be read, the rows before it go on first: what was taken is always a beginning.
 */
public final class CopyInput {

    /** How much is gathered before it is looked at. */
    private static final int CHUNK_BYTES = 1 << 20;

    private static final int CHUNK_BYTES_FIRST = 64 * 1024;

    /** Longest record. */
    private static final int RECORD_BYTES_MAX = 64 << 20;

    private final RecordsToRows rows;
    private byte[] chunk = new byte[CHUNK_BYTES_FIRST];
    private int start;
    private int end;
    /** How much must be there before it makes sense to look for a record once more. */
    private int worthLooking = 1;

    /**
     * Makes one for a statement.
     *
     * @param target name of what is copied to, for reports
     * @param type the columns that are read
     * @param zone the zone of instants that come without one
     * @param sink takes each batch, which is its own no longer when it returns
     */
    public CopyInput(String target, RowType type, CopyOptions options, ZoneId zone, Consumer<RowBatch> sink) {
        this.rows = new RecordsToRows(target, type, options, zone, sink);
    }

    /** Takes more bytes. */
    public void add(byte[] data) {
        int from = 0;
        while (from < data.length && !rows.finished()) {
            if (end == chunk.length) {
                makeRoom();
            }
            int length = Math.min(data.length - from, chunk.length - end);
            System.arraycopy(data, from, chunk, end, length);
            end += length;
            from += length;
        }
    }

    private void makeRoom() {
        if (chunk.length >= CHUNK_BYTES) {
            read(false);
        }
        if (end - start > chunk.length / 2) {
            if (chunk.length >= RECORD_BYTES_MAX) {
                throw new CopyException(
                        "54000", "a record of COPY is longer than " + RECORD_BYTES_MAX + " bytes", rows.where());
            }
            chunk = Arrays.copyOf(chunk, 2 * chunk.length);
        }
    }

    /** Hands on the rows that are whole; to be called where a client lets one wait. */
    public void flush() {
        if (end - start >= worthLooking) {
            read(false);
        }
    }

    /** Returns whether nothing is held back that could be rows. */
    public boolean isEmpty() {
        return end - start < worthLooking;
    }

    /** Says that nothing more comes, and hands on what is left. */
    public void end() {
        if (!rows.finished()) {
            read(true);
        }
    }

    /** Returns how many rows were handed on. */
    public long rows() {
        return rows.handedOn();
    }

    private void read(boolean last) {
        start = rows.read(chunk, start, end, last);
        if (rows.finished()) {
            start = end;
        }
        System.arraycopy(chunk, start, chunk, 0, end - start);
        end -= start;
        start = 0;
        // A long record that comes in small pieces must not be looked through again with each of them.
        worthLooking = 2 * end + 1;
    }
}
