package io.millrace.spi.format;

import io.millrace.spi.row.RowBatch;
import java.io.IOException;

/** A file of rows while it is written. For one thread at a time. */
public interface RowFileWriter {

    /**
     * Writes the rows that the batch selects.
     *
     * @throws io.millrace.spi.error.MillraceException of a code that blames the user where a row has a value
     *     that the file has no form for, such as {@code NULL_NOT_ALLOWED}; then no row of the batch is
     *     written, and the writer can go on with others
     */
    void write(RowBatch rows) throws IOException;

    /** Returns about how long the file would be if it were finished now, in bytes. */
    long estimatedBytes();

    /** Writes what is still held back and whatever ends a file. Nothing may be written after it. */
    void finish() throws IOException;
}
