package io.millrace.runtime;

/** Where an endless query starts to read. */
public enum StartPosition {
    /** With the oldest row that is kept. */
    EARLIEST,
    /** With the first row that comes after the query has been opened. */
    LATEST
}
