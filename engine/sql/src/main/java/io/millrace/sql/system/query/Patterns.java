package io.millrace.sql.system.query;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** LIKE patterns and PostgreSQL's regular expressions, as Java's. */
final class Patterns {

    private Patterns() {}

    /** Returns the pattern of a LIKE: {@code %} is any text, {@code _} any character, a backslash takes both as such. */
    static Pattern like(String pattern, boolean anyCase) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            switch (c) {
                case '%' -> regex.append(".*");
                case '_' -> regex.append('.');
                case '\\' ->
                    regex.append(Pattern.quote(i + 1 < pattern.length() ? String.valueOf(pattern.charAt(++i)) : "\\"));
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return compile("^" + regex + "$", anyCase);
    }

    /** Returns a regular expression; what PostgreSQL's have and tools send, Java's have too. */
    static Pattern regex(String pattern, boolean anyCase) {
        return compile(pattern, anyCase);
    }

    private static Pattern compile(String regex, boolean anyCase) {
        try {
            return Pattern.compile(
                    regex, Pattern.DOTALL | (anyCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0));
        } catch (PatternSyntaxException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_VALUE, "invalid regular expression: " + e.getDescription(), null, e);
        }
    }
}
