package io.millrace.runtime.expression.function;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns a pattern of SQL's SIMILAR TO into one of Java's regular expressions. */
final class SimilarPattern {

    private final String pattern;
    private final int[] points;
    private final int escaping;
    private final StringBuilder regex = new StringBuilder();
    private int at;

    private SimilarPattern(String pattern, @Nullable String escape) {
        this.pattern = pattern;
        this.points = pattern.codePoints().toArray();
        this.escaping = escape == null ? -1 : TextLimits.escape(escape);
    }

    static String toRegex(String pattern, @Nullable String escape) {
        return new SimilarPattern(pattern, escape).translate();
    }

    private String translate() {
        while (at < points.length) {
            int point = points[at++];
            if (point == escaping) {
                escaped();
            } else if (point == '[') {
                regex.append('[');
                characterClass();
            } else {
                outside(point);
            }
        }
        return regex.toString();
    }

    private void escaped() {
        if (at == points.length) {
            throw TextLimits.danglingEscape(pattern);
        }
        literal(points[at++]);
    }

    private void outside(int point) {
        switch (point) {
            case '%' -> regex.append(".*");
            case '_' -> regex.append('.');
            case ']', '(', ')', '{', '}', '|', '*', '+', '?' -> regex.appendCodePoint(point);
            default -> literal(point);
        }
    }

    private void characterClass() {
        while (at < points.length) {
            int point = points[at++];
            if (point == escaping) {
                escaped();
            } else if (point == ']') {
                regex.append(']');
                return;
            } else if (point == '[' && at < points.length && points[at] == ':') {
                namedClass();
            } else if (point == '^' || point == '-') {
                regex.appendCodePoint(point);
            } else {
                literal(point);
            }
        }
    }

    /** Reads {@code :ALPHA:]}. */
    private void namedClass() {
        int end = at + 1;
        while (end < points.length && points[end] != ':') {
            end++;
        }
        String name = new String(points, at + 1, end - at - 1).toUpperCase(Locale.ROOT);
        regex.append(
                switch (name) {
                    case "ALPHA" -> "\\p{Alpha}";
                    case "UPPER" -> "\\p{Upper}";
                    case "LOWER" -> "\\p{Lower}";
                    case "DIGIT" -> "\\d";
                    case "SPACE" -> " ";
                    case "WHITESPACE" -> "\\s";
                    case "ALNUM" -> "\\p{Alnum}";
                    default -> "\\p{" + name + "}"; // no such class: the compiler of the expression says so
                });
        at = Math.min(points.length, end + 2);
    }

    private void literal(int point) {
        if (point < 0x80 && !Character.isLetterOrDigit(point)) {
            regex.append('\\');
        }
        regex.appendCodePoint(point);
    }
}
