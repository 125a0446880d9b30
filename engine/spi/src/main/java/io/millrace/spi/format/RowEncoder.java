package io.millrace.spi.format;

import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;

/** Turns rows into records. For one thread at a time. */
public interface RowEncoder {

    /** Encodes each row that the batch selects and sets {@code out}'s rows 0, 1, … to the records, in order. */
    void encode(RowBatch rows, BytesColumn out);
}
