package io.millrace.sql.parser;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a script into statements at its semicolons, but for those in quotes, in dollar quotes ({@code $$ … $$}) and in
 * comments. Statements of nothing but blanks and comments are left out.
 */
public final class StatementSplitter {

    private final String script;
    private final List<Piece> pieces = new ArrayList<>();
    private int place;
    /** Where the first word of the current statement is, -1 before it. */
    private int start = -1;
    /** After the last word of the current statement. */
    private int end;

    private StatementSplitter(String script) {
        this.script = script;
    }

    /**
     * One statement of a script.
     *
     * @param text the statement from its first word to its last, without the semicolon
     * @param offset where it starts in the script, in UTF-16 units
     */
    public record Piece(String text, int offset) {}

    /** Cuts a script. What is not closed, a quote or a comment, reaches to the end. */
    public static List<Piece> split(String script) {
        return new StatementSplitter(script).pieces();
    }

    private List<Piece> pieces() {
        while (place < script.length()) {
            step();
        }
        finish();
        return List.copyOf(pieces);
    }

    private void step() {
        char c = script.charAt(place);
        if (Character.isWhitespace(c)) {
            place++;
        } else if (script.startsWith("--", place) || script.startsWith("//", place)) {
            place = after("\n", place);
        } else if (script.startsWith("/*", place)) {
            place = after("*/", place + 2);
        } else if (c == ';') {
            finish();
            place++;
        } else {
            word(endOfWord(c));
        }
    }

    private int endOfWord(char c) {
        return switch (c) {
            case '\'' -> endOfText(place + 1, escapes());
            case '"' -> after("\"", place + 1);
            case '$' -> endOfDollarQuote();
            default -> Character.isJavaIdentifierPart(c) ? endOfName() : place + 1;
        };
    }

    private void word(int after) {
        if (start < 0) {
            start = place;
        }
        place = after;
        end = after;
    }

    private void finish() {
        if (start >= 0) {
            pieces.add(new Piece(script.substring(start, end), start));
        }
        start = -1;
    }

    private int after(String mark, int from) {
        int found = script.indexOf(mark, from);
        return found < 0 ? script.length() : found + mark.length();
    }

    /** Returns whether the quote at this place follows an E, which lets a backslash escape a quote. */
    private boolean escapes() {
        return place > 0
                && (script.charAt(place - 1) == 'E' || script.charAt(place - 1) == 'e')
                && (place == 1 || !Character.isJavaIdentifierPart(script.charAt(place - 2)));
    }

    private int endOfText(int from, boolean escapes) {
        for (int i = from; i < script.length(); i++) {
            char c = script.charAt(i);
            if (c == '\\' && escapes) {
                i++;
            } else if (c == '\'') {
                return i + 1;
            }
        }
        return script.length();
    }

    private int endOfName() {
        int i = place + 1;
        while (i < script.length() && Character.isJavaIdentifierPart(script.charAt(i))) {
            i++;
        }
        return i;
    }

    /** A dollar quote opens with {@code $$} or {@code $tag$}; otherwise the sign is part of a name or of {@code $1}. */
    private int endOfDollarQuote() {
        int i = place + 1;
        while (i < script.length() && isTag(script.charAt(i), i == place + 1)) {
            i++;
        }
        if (i >= script.length() || script.charAt(i) != '$') {
            return endOfName();
        }
        return after(script.substring(place, i + 1), i + 1);
    }

    private static boolean isTag(char c, boolean first) {
        return c == '_' || Character.isLetter(c) || (!first && Character.isDigit(c));
    }
}
