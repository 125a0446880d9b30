package io.millrace.format.csv;

import io.millrace.spi.Options;
import java.nio.charset.StandardCharsets;

/**
 * How fields are told apart.
 *
 * @param delimiter between fields
 * @param quote around fields that need it
 * @param escape before a quote inside quotes
 * @param nullText how NULL is written
 * @param header whether a row of the columns' names is skipped where rows are read, and written in front of a file's
 * @param ignoreExtra whether a row may have more fields than columns
 */
record Dialect(byte delimiter, byte quote, byte escape, byte[] nullText, boolean header, boolean ignoreExtra) {

    static Dialect of(Options options) {
        options.refuseOthers("delimiter", "quote", "escape", "null_text", "header", "ignore_extra");
        byte delimiter = character(options, "delimiter", ",");
        byte quote = character(options, "quote", "\"");
        byte escape = character(options, "escape", String.valueOf((char) quote));
        if (delimiter == quote || delimiter == escape) {
            throw Options.invalid("delimiter", String.valueOf((char) delimiter), "another than quote and escape");
        }
        String nullText = options.get("null_text", "");
        if (nullText.chars().anyMatch(c -> c == delimiter || c == quote || c == '\n' || c == '\r')) {
            throw Options.invalid("null_text", nullText, "a text that needs no quotes");
        }
        return new Dialect(
                delimiter,
                quote,
                escape,
                nullText.getBytes(StandardCharsets.UTF_8),
                options.getBoolean("header", false),
                options.getBoolean("ignore_extra", false));
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
