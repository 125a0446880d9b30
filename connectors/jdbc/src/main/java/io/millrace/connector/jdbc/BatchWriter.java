package io.millrace.connector.jdbc;

import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Puts a batch into the table, in the transaction that is open. For one thread at a time, but for {@link #cancel}. */
@FunctionalInterface
interface BatchWriter extends AutoCloseable {

    /**
     * Does what of a batch takes no part in the transaction, before it begins: others do not wait for it.
     */
    default void prepare(BatchName name, RowBatch rows) throws IOException {}

    /**
     * Writes the rows that the table takes and returns the others.
     *
     * @param restart begins the transaction anew, where a failed statement has ended it
     */
    List<Refusal> write(BatchName name, RowBatch rows, Placement.Restart restart) throws SQLException, IOException;

    /** Drops whatever else there is of a batch that the table has for good. */
    default void forget(BatchName name) {}

    /** Has what is under way beside the connection fail. Called by another thread. */
    default void cancel() {}

    @Override
    default void close() {}
}
