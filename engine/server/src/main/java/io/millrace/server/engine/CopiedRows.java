package io.millrace.server.engine;

import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of one file in the form of the stream that they go into. For one thread at a time. */
interface CopiedRows extends AutoCloseable {

    /** Returns the next rows, valid until the next call, or null after the last. */
    @Nullable
    RowBatch next() throws IOException;

    @Override
    void close() throws IOException;
}
