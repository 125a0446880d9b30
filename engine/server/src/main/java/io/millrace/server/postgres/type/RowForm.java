package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.WireBuffer;
import io.millrace.spi.row.RowBatch;

/** How rows become messages to the client. */
@FunctionalInterface
public interface RowForm {

    /** Most rows that are encoded at a time. */
    int ROWS_MAX = 256;

    /** How many bytes are enough for one go. */
    int BYTES_ENOUGH = 64 * 1024;

    /**
     * Appends the messages of rows in their order, at least one, until there are enough bytes.
     *
     * @param rows numbers of the rows in the batch
     * @param from place of the first in the array
     * @param to place behind the last, at most {@link #ROWS_MAX} further on
     * @return place of the first row that was not encoded
     */
    int encode(RowBatch batch, int[] rows, int from, int to, WireBuffer out);
}
