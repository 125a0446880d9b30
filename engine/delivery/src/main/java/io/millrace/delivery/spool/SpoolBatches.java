package io.millrace.delivery.spool;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The batches of a spool file, always cut in the same way. */
interface SpoolBatches extends AutoCloseable {

    /** Returns the next batch, valid until the next call, or null behind the last. */
    @Nullable
    SpoolBatch next() throws IOException;

    @Override
    void close() throws IOException;
}
