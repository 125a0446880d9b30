package io.millrace.spi.format;

import io.millrace.spi.row.RowBatch;
import java.io.IOException;

/** A file of rows while it is written. For one thread at a time. */
public interface RowFileWriter {

    /** Writes the rows that the batch selects. */
    void write(RowBatch rows) throws IOException;

    /** Returns about how long the file would be if it were finished now, in bytes. */
    long estimatedBytes();

    /** Writes what is still held back and whatever ends a file. Nothing may be written after it. */
    void finish() throws IOException;
}
