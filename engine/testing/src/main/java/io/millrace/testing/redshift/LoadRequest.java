package io.millrace.testing.redshift;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code COPY} of Redshift, as far as it is understood here.
 *
 * @param table as it is written
 * @param columns as they are written; empty for all
 * @param manifest the manifest's URL
 * @param options all that stands behind it
 */
record LoadRequest(String table, String columns, String manifest, String options) {

    private static final Pattern COPY = Pattern.compile(
            "\\s*COPY\\s+(\\S+)\\s+(?:\\(([^)]*)\\)\\s+)?FROM\\s+'(s3://[^']+)'\\s+(.*)", Pattern.DOTALL);
    private static final Pattern ACCESS = Pattern.compile(
            "\\b(?:IAM_ROLE\\s+(?:default\\b|'arn:[^']+')|ACCESS_KEY_ID\\s+'[^']+'\\s+SECRET_ACCESS_KEY\\s+'[^']+')");
    private static final Pattern MAXERROR = Pattern.compile("\\bMAXERROR\\s+(\\d+)");

    /** Reads a statement, or returns null where it is none. */
    static @Nullable LoadRequest of(String sql) {
        Matcher parts = COPY.matcher(sql);
        return parts.matches()
                ? new LoadRequest(
                        parts.group(1), parts.group(2) == null ? "" : parts.group(2), parts.group(3), parts.group(4))
                : null;
    }

    /** Returns what is missing for it to be loaded, or null. */
    @Nullable
    String mistake() {
        if (!ACCESS.matcher(options).find()) {
            return "CREDENTIALS argument is not supplied";
        }
        return has("MANIFEST") ? null : "this door loads by manifests only";
    }

    boolean has(String word) {
        return Pattern.compile("\\b" + word + "\\b")
                .matcher(options.toUpperCase(Locale.ROOT))
                .find();
    }

    /** Returns how many errors end the load. */
    int errorsMax() {
        Matcher max = MAXERROR.matcher(options);
        return max.find() ? Integer.parseInt(max.group(1)) : 1;
    }

    /** Returns the names of the columns, without their quotes. */
    List<String> columnNames() {
        return Arrays.stream(columns.split(","))
                .map(name -> name.strip().replaceFirst("^\"(.*)\"$", "$1").replace("\"\"", "\""))
                .toList();
    }

    /** Returns the statement that takes rows over the connection. */
    String fromStdin() {
        String list = columns.isEmpty() ? "" : " (" + columns + ")";
        return "COPY " + table + list + " FROM STDIN" + (has("CSV") ? " (FORMAT csv)" : "");
    }
}
