package io.millrace.spi.format;

/**
 * How much of a file was read.
 *
 * @param read parts that were read or are to be
 * @param skipped parts that were left out, since nothing in them is asked for
 */
public record ReadParts(int read, int skipped) {}
