package io.millrace.server.file;

import io.millrace.spi.Options;

/**
 * Where a record of a file of text ends: at a line's end, but for line ends between quotes where there are quotes.
 *
 * @param delimiter between fields: a quote opens behind it, or at the start of a record, and is a character elsewhere
 * @param quote the quote, or 0 where there is none
 * @param escape what makes a quote, or itself, an ordinary character within quotes; may be the quote
 */
public record RecordLines(byte delimiter, byte quote, byte escape) {

    /**
     * Returns how the records of a format end.
     *
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_ARGUMENT} where an option is no single character
     */
    public static RecordLines of(String format, Options options) {
        if (!format.equals("csv")) {
            return new RecordLines((byte) 0, (byte) 0, (byte) 0);
        }
        byte quote = character(options, "quote", "\"");
        return new RecordLines(
                character(options, "delimiter", ","), quote, character(options, "escape", String.valueOf((char)
                        quote)));
    }

    private static byte character(Options options, String name, String otherwise) {
        String value = options.get(name, otherwise);
        String text = value.equals("\\t") ? "\t" : value;
        if (text.length() != 1 || text.charAt(0) > 126 || text.charAt(0) == '\n' || text.charAt(0) == '\r') {
            throw Options.invalid(name, value, "one ASCII character that is no line end");
        }
        return (byte) text.charAt(0);
    }
}
