package io.millrace.server.file;

import io.millrace.spi.Options;

/**
 * Where a record of a file of text ends: at a line's end, but for line ends between quotes where there are quotes.
 *
 * @param quote the quote, or 0 where there is none
 * @param escape what makes the character behind it an ordinary one within quotes; the quote itself needs no care
 */
public record RecordLines(byte quote, byte escape) {

    /** Returns how the records of a format end. */
    public static RecordLines of(String format, Options options) {
        if (!format.equals("csv")) {
            return new RecordLines((byte) 0, (byte) 0);
        }
        String quote = options.get("quote", "\"");
        String escape = options.get("escape", quote);
        // What is no single character is refused by the format.
        return new RecordLines((byte) quote.charAt(0), (byte) escape.charAt(0));
    }
}
