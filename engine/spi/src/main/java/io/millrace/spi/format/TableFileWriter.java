package io.millrace.spi.format;

import io.millrace.spi.row.RowBatch;

/** A file of a table while it is written. For one thread at a time. */
public interface TableFileWriter extends RowFileWriter {

    /**
     * Fails where {@link #write} would for a value of these rows, and writes nothing.
     *
     * @throws io.millrace.spi.error.MillraceException of a code that blames the user
     */
    void check(RowBatch rows);

    /** Notes something in the file, before it is finished. */
    void note(String name, String text);

    /** Returns what the finished file says of itself. */
    FileSummary summary();
}
