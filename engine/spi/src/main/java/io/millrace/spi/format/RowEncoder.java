package io.millrace.spi.format;

import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;

/** Turns rows into records. For one thread at a time. */
public interface RowEncoder {

    /**
     * Does what encoding needs of others, such as giving a registry its schema; it is done with the first row otherwise.
     *
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_ARGUMENT} where they refuse
     * @throws IOException where they do not answer
     */
    default void prepare() throws IOException {}

    /** Returns what a file of records begins with, as a record of its own; empty for nothing. */
    default byte[] fileHeader() {
        return new byte[0];
    }

    /**
     * Encodes each row that the batch selects and sets {@code out}'s rows 0, 1, … to the records, in order.
     *
     * @throws java.io.UncheckedIOException where somebody whom the format needs does not answer; the same rows may be given
     *     again
     */
    void encode(RowBatch rows, BytesColumn out);
}
