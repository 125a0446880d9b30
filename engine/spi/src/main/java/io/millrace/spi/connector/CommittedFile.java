package io.millrace.spi.connector;

/**
 * A range of positions, and the file that its rows are in, for ever.
 *
 * @param split the split the range is of
 * @param from first position
 * @param to position after the last
 * @param name the file's name, empty where the range has no rows and so no file
 * @param rows how many rows the file has
 * @param bytes its length
 */
public record CommittedFile(String split, long from, long to, String name, long rows, long bytes) {}
