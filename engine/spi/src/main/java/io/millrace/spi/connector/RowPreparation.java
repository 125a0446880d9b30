package io.millrace.spi.connector;

import io.millrace.spi.row.RowBatch;

/**
 * Work on rows that need not wait until a query comes to them: whoever reads a split ahead does it in the same thread,
 * while the rows are near. It depends on the rows alone. For one thread at a time.
 */
@FunctionalInterface
public interface RowPreparation {

    /** Returns what becomes of the rows: valid for as long as they are, and until the next call. */
    PreparedRows prepare(RowBatch rows);
}
