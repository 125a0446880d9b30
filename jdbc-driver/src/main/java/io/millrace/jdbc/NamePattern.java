package io.millrace.jdbc;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JDBC's patterns for names: {@code %} for any text, {@code _} for a character, a backslash before either; in any case. */
final class NamePattern {

    private final @Nullable Pattern pattern;

    NamePattern(@Nullable String pattern) {
        this.pattern = pattern == null || pattern.equals("%") ? null : compile(pattern);
    }

    private static Pattern compile(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                regex.append(Pattern.quote(text.substring(++i, i + 1)));
            } else if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(String.valueOf(c).toLowerCase(Locale.ROOT)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }

    /** Returns whether it takes every name. */
    boolean any() {
        return pattern == null;
    }

    boolean matches(String name) {
        return pattern == null || pattern.matcher(name).matches();
    }
}
