package io.millrace.server.file;

import io.millrace.spi.format.ReadParts;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of one file, as they are in it. For one thread at a time. */
interface FileRows extends AutoCloseable {

    /** Returns the next rows, valid until the next call, or null after the last. */
    @Nullable
    RowBatch next() throws IOException;

    /** Returns how much of the file is read, or null where it has no parts. */
    default @Nullable ReadParts parts() {
        return null;
    }

    /** Returns a row's place in the file, for people. */
    String place(long rowsBefore, int row);

    @Override
    void close() throws IOException;
}
