package io.millrace.server.relation;

import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A URL that may have options behind a question mark, such as {@code iceberg:market.trades?warehouse=file:///lake}.
 *
 * @param plain what stands before it
 * @param options those of the URL and those of its table
 */
record RelationUrl(String plain, Options options) {

    /**
     * Takes a URL apart.
     *
     * @throws MillraceException {@code INVALID_ARGUMENT} where an option has no value, or is said twice
     */
    static RelationUrl of(String url, Options given) {
        int mark = url.indexOf('?');
        if (mark < 0) {
            return new RelationUrl(url, given);
        }
        Map<String, String> all = new TreeMap<>(given.asMap());
        for (String part : url.substring(mark + 1).split("&", -1)) {
            int sign = part.indexOf('=');
            if (sign < 1) {
                throw new MillraceException(
                        ErrorCode.INVALID_ARGUMENT,
                        "'" + part + "' behind the question mark of a URL is no option",
                        "write options like '?warehouse=file:///lake&branch=main', and %26 for & in a value");
            }
            String name = part.substring(0, sign).toLowerCase(Locale.ROOT);
            if (Options.isSecret(name)) {
                throw new MillraceException(
                        ErrorCode.INVALID_ARGUMENT,
                        "option '" + name + "' is a secret, and a URL is shown in plans",
                        "give the table a name: CREATE EXTERNAL TABLE name FROM 'url' WITH (" + name + " = '…')");
            }
            if (all.put(name, decoded(part.substring(sign + 1))) != null) {
                throw new MillraceException(
                        ErrorCode.INVALID_ARGUMENT, "option '" + name + "' is said twice", "leave one of them out");
            }
        }
        return new RelationUrl(url.substring(0, mark), new Options(all));
    }

    /** Only %xx stands for something else; a plus sign is one. */
    private static String decoded(String text) {
        try {
            return java.net.URLDecoder.decode(text.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + text + "' in a URL has a % that nothing stands behind",
                    "write %25 for a % sign",
                    e);
        }
    }
}
