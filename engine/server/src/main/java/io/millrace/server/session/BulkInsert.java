package io.millrace.server.session;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;

/**
 * Many rows on their way into a stream or a table. For one thread.
 *
 * <p>A stream takes rows for good as they come: there is nothing to undo. A table takes them all in {@link #finish}, or
 * none. What waits for the disk is bounded; {@link
 * #write} waits for it where that is much.
 */
public interface BulkInsert extends AutoCloseable {

    /** Returns the stream's or table's name as it was declared. */
    String stream();

    /** Returns the columns that each batch has, in the order in which they were asked for. */
    RowType rowType();

    /** Returns whether nothing is stored before {@link #finish}, and all or nothing by it. */
    default boolean whole() {
        return false;
    }

    /**
     * Takes the rows of a batch, which may be reused when this returns.
     *
     * @throws io.millrace.spi.error.MillraceException where rows, of this batch or one before, cannot be stored
     */
    void write(RowBatch rows);

    /** Waits until all rows are durable; failures as with {@link #write}. */
    void finish();

    /** Waits until what was written is stored or has failed, and frees what this holds. */
    @Override
    void close();
}
