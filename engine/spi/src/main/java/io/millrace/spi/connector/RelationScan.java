package io.millrace.spi.connector;

import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A table of another system while it is read. For one thread at a time. */
public interface RelationScan extends AutoCloseable {

    /** Returns what the system is asked, for people. */
    String asked();

    /** Returns what was read so far but for rows, for people; nothing where there is nothing to say. */
    default String read() {
        return "";
    }

    /** Returns about how many rows the table has, or -1 where nobody knows. */
    long rowEstimate();

    /**
     * Returns the next rows, valid until the next call, or null after the last.
     *
     * @throws IOException where the system fails
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_VALUE} where a value is none of its column's type
     */
    @Nullable
    RowBatch next() throws IOException;

    @Override
    void close();
}
