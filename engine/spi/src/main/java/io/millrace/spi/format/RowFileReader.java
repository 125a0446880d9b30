package io.millrace.spi.format;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file of rows while it is read. For one thread at a time. */
public interface RowFileReader extends AutoCloseable {

    /** Returns the type of the rows in the file. */
    RowType type();

    /** Chooses the fields to read, by place in {@link #type()}, before the first row is read. */
    void project(int... fields);

    /** Returns the next rows, valid until the next call, or null after the last. */
    @Nullable
    RowBatch next() throws IOException;

    @Override
    void close() throws IOException;
}
