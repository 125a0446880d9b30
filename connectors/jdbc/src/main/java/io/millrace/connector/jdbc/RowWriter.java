package io.millrace.connector.jdbc;

import io.millrace.spi.row.RowBatch;
import java.sql.SQLException;

/** Puts rows into the table, in the transaction that is open. */
interface RowWriter {

    /** Writes rows {@code from} to {@code to}, exclusive: all of them or, where it fails, none that is to stay. */
    void write(RowBatch rows, int from, int to) throws SQLException;
}
