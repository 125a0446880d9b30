package io.millrace.spi.connector;

import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A table that a delivery appends to: a store whose files are the table's once they are published. Which files of a
 * range are already in the table is noted in the table, so publishing may be repeated. For one thread at a time.
 */
public interface Table extends ObjectStore {

    /** Returns what file names end with. */
    String extension();

    /** Returns what Data Firehose calls rows that such a table did not take. */
    default String errorType() {
        return "format-conversion-failed";
    }

    /** Returns which rows share a file. */
    RowParting parting();

    /**
     * Starts a file of rows that share one.
     *
     * @param out of a file that is staged here, or one that nobody keeps
     */
    RowFileWriter writer(RowType type, OutputStream out) throws IOException;
}
