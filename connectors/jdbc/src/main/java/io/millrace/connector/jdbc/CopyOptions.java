package io.millrace.connector.jdbc;

import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The option {@code copy_options}: what {@code COPY} is told of the files. Words count outside of quotes alone, which hold
 * paths and formats.
 *
 * @param text as it was given
 */
record CopyOptions(String text) {

    /** A quote within, which is doubled, makes two of one. */
    private static final Pattern QUOTED = Pattern.compile("'[^']*'");

    /** What has places of its own, and what would load nothing and say that all is well. */
    private static final Pattern NEVER = Pattern.compile(
            "(?i)\\b(?:IAM_ROLE|CREDENTIALS|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|MANIFEST|NOLOAD)\\b");

    /** What ends the statement or hides the rest of it. */
    private static final Pattern BROKEN = Pattern.compile("'|;|--|/\\*");

    /** What is not said of lines of JSON; of {@code MAXERROR} the delivery's own counts what is refused. */
    private static final Pattern NOT_OF_ROWS = Pattern.compile(
            "(?i)\\b(?:CSV|PARQUET|ORC|AVRO|SHAPEFILE|FIXEDWIDTH|DELIMITER|BZIP2|LZOP|ZSTD|ENCRYPTED|MAXERROR)\\b");

    /** @param rows whether files have rows as JSON */
    static CopyOptions of(Options options, boolean rows) {
        CopyOptions copy = new CopyOptions(options.get("copy_options", "").strip());
        if (NEVER.matcher(copy.unquoted()).find()) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "option 'copy_options' says who may read the files, that there is a manifest, or NOLOAD",
                    "say the first as iam_role, or as access_key_id with secret_access_key, and leave out the others");
        }
        if (BROKEN.matcher(copy.unquoted()).find()) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "option 'copy_options' has a quote that is not closed, a comment, or a semicolon");
        }
        Matcher wrong = NOT_OF_ROWS.matcher(copy.unquoted());
        if (rows && wrong.find()) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "option 'copy_options' has " + wrong.group().toUpperCase(Locale.ROOT)
                            + ", and rows are loaded as JSON, each on a line",
                    "leave it out, or deliver records as they came with format = 'lines'");
        }
        return copy;
    }

    private String unquoted() {
        return QUOTED.matcher(text).replaceAll(" ");
    }

    boolean has(String word) {
        return Pattern.compile("(?i)\\b" + word + "\\b").matcher(unquoted()).find();
    }

    /** Returns them with what rows as JSON need where nothing else is said of it. */
    String ofRows() {
        StringBuilder all = new StringBuilder();
        addUnless("JSON", "FORMAT JSON 'auto'", all);
        addUnless("TIMEFORMAT", "TIMEFORMAT 'auto'", all);
        addUnless("DATEFORMAT", "DATEFORMAT 'auto'", all);
        addUnless("COMPUPDATE", "COMPUPDATE OFF", all);
        return (all + text).strip();
    }

    private void addUnless(String word, String clause, StringBuilder to) {
        if (!has(word)) {
            to.append(clause).append(' ');
        }
    }
}
