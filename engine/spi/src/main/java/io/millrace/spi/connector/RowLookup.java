package io.millrace.spi.connector;

import io.millrace.spi.row.RowBatch;
import java.io.IOException;

/** Asks a table of another system for rows by key. Connects when it is first asked. For one thread at a time. */
public interface RowLookup extends AutoCloseable {

    /** Most keys of one question. */
    int KEYS_MAX = 256;

    /**
     * Returns the rows that have one of some keys, and perhaps others.
     *
     * @param keys a row for each key, at most {@link #KEYS_MAX}; none has NULL in it
     * @return valid until the next call
     * @throws IOException where the system does not answer; it may be asked again
     * @throws io.millrace.spi.error.MillraceException {@code UNDEFINED_COLUMN}, {@code TYPE_MISMATCH}, {@code
     *     UNSUPPORTED} where it cannot be asked so, {@code INVALID_VALUE} where a value is none of its column's type
     */
    RowBatch find(RowBatch keys) throws IOException;

    /** Has a question that is under way fail at once, where the system lets it. For any thread, at any time. */
    default void cancel() {}

    /** Returns what is kept of its answers. */
    Keeping keeping();

    @Override
    void close();

    /**
     * What is kept of answers.
     *
     * @param rowsMax how many rows, and keys that have none, or 0 for nothing from step to step
     * @param ttlMicros how long
     */
    record Keeping(int rowsMax, long ttlMicros) {}
}
