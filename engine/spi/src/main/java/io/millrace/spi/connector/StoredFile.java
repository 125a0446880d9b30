package io.millrace.spi.connector;

/**
 * A visible file as it was when it was looked at.
 *
 * @param name its name in the store
 * @param bytes its length
 * @param version another one whenever the file is written again, so far as the store can tell
 */
public record StoredFile(String name, long bytes, String version) {}
