package io.millrace.spi.format;

/** A file of a table while it is written. For one thread at a time. */
public interface TableFileWriter extends RowFileWriter {

    /** Notes something in the file, before it is finished. */
    void note(String name, String text);

    /** Returns what the finished file says of itself. */
    FileSummary summary();
}
