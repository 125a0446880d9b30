package io.millrace.spi.format;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.RowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a decoder made of some records: rows, which record each came from, and what it could not read. */
public final class DecodedRows {

    /**
     * A record that gave no row.
     *
     * @param record its number among the records given to the decoder
     * @param code what kind of failure it is
     * @param reason what is wrong with it, and where
     */
    public record Rejection(int record, ErrorCode code, String reason) {}

    private final RowBatch rows;
    private final List<Rejection> rejections = new ArrayList<>();
    private int[] recordOfRow;

    public DecodedRows(RowBatch rows) {
        this.rows = rows;
        this.recordOfRow = new int[64];
    }

    public RowBatch rows() {
        return rows;
    }

    /** Returns, by row number, the record the row came from. */
    public int[] recordOfRow() {
        return recordOfRow;
    }

    /** Makes room for so many rows in all, in the batch and here. */
    public void ensureCapacity(int rowCount) {
        rows.ensureCapacity(rowCount);
        if (recordOfRow.length < rowCount) {
            recordOfRow = Arrays.copyOf(recordOfRow, Math.max(rowCount, recordOfRow.length * 2));
        }
    }

    public void reject(int record, ErrorCode code, String reason) {
        rejections.add(new Rejection(record, code, reason));
    }

    public List<Rejection> rejections() {
        return rejections;
    }

    public void clear() {
        rows.clear();
        rejections.clear();
    }
}
