package io.millrace.spi.connector;

/**
 * By what a batch of rows is ended, whichever comes first.
 *
 * @param rows most rows
 * @param bytes about how long it gets, each row by what it holds
 */
public record BatchSize(int rows, long bytes) {

    /** What suits destinations that take a batch in well under a second. */
    public static final BatchSize USUAL = new BatchSize(5_000, 1 << 20);
}
