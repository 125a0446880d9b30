package io.millrace.server.postgres.statement;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.Locale;

/** The words of a statement, one after the other; comments are passed over. */
final class Scanner {

    /** What a token is. */
    enum Kind {
        WORD,
        QUOTED,
        TEXT,
        NUMBER,
        SIGN,
        END
    }

    private final String sql;
    private int next;
    private Kind kind = Kind.END;
    private String text = "";
    private int start;

    Scanner(String sql) {
        this.sql = sql;
        advance();
    }

    Kind kind() {
        return kind;
    }

    /** Returns the current token: a word in lower case, a string or a quoted name without its quotes. */
    String text() {
        return text;
    }

    /** Returns where the current token starts. */
    int start() {
        return start;
    }

    boolean atEnd() {
        return kind == Kind.END;
    }

    boolean at(String word) {
        return (kind == Kind.WORD || kind == Kind.SIGN) && text.equals(word);
    }

    /** Passes over the word if it is there. */
    boolean accept(String word) {
        boolean there = at(word);
        if (there) {
            advance();
        }
        return there;
    }

    void expect(String word) {
        if (!accept(word)) {
            throw unexpected();
        }
    }

    /** Passes over a name and returns it. */
    String name() {
        if (kind != Kind.WORD && kind != Kind.QUOTED) {
            throw unexpected();
        }
        return take();
    }

    /** Passes over a string, which may be an {@code E'…'} with escapes, or a word, and returns what it says. */
    String string() {
        if (at("e") && next < sql.length() && sql.charAt(next) == '\'') {
            advance();
            if (kind == Kind.TEXT) {
                return unescaped(take());
            }
        }
        if (kind == Kind.SIGN || kind == Kind.END) {
            throw unexpected();
        }
        return take();
    }

    private static String unescaped(String text) {
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                value.append(c);
                continue;
            }
            char letter = text.charAt(++i);
            if (letter == 'x' && isHex(text, i + 1)) {
                value.append((char) Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                int known = "bfnrt".indexOf(letter);
                value.append(known < 0 ? letter : "\b\f\n\r\t".charAt(known));
            }
        }
        return value.toString();
    }

    private static boolean isHex(String text, int at) {
        return at + 1 < text.length()
                && Character.digit(text.charAt(at), 16) >= 0
                && Character.digit(text.charAt(at + 1), 16) >= 0;
    }

    String take() {
        String taken = text;
        advance();
        return taken;
    }

    void end() {
        if (!atEnd()) {
            throw unexpected();
        }
    }

    MillraceException unexpected() {
        return new MillraceException(
                ErrorCode.SYNTAX_ERROR,
                atEnd() ? "syntax error at end of input" : "syntax error at or near \"" + text + "\"",
                null,
                Positions.position(sql, start),
                null);
    }

    void advance() {
        skipBlanks();
        start = next;
        if (next >= sql.length()) {
            set(Kind.END, "", next);
            return;
        }
        char c = sql.charAt(next);
        if (Character.isLetter(c) || c == '_') {
            word();
        } else if (c == '\'' || c == '"') {
            quoted(c);
        } else if (Character.isDigit(c)) {
            number();
        } else {
            set(Kind.SIGN, String.valueOf(c), next + 1);
        }
    }

    private void set(Kind kind, String text, int next) {
        this.kind = kind;
        this.text = text;
        this.next = next;
    }

    private void word() {
        int end = next + 1;
        while (end < sql.length()
                && (Character.isLetterOrDigit(sql.charAt(end)) || "_$.".indexOf(sql.charAt(end)) >= 0)) {
            end++;
        }
        set(Kind.WORD, sql.substring(next, end).toLowerCase(Locale.ROOT), end);
    }

    private void number() {
        int end = next + 1;
        while (end < sql.length() && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '.')) {
            end++;
        }
        set(Kind.NUMBER, sql.substring(next, end), end);
    }

    private void quoted(char quote) {
        StringBuilder value = new StringBuilder();
        int at = next + 1;
        while (at < sql.length()) {
            if (sql.charAt(at) != quote) {
                value.append(sql.charAt(at++));
            } else if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
                value.append(quote);
                at += 2;
            } else {
                set(quote == '"' ? Kind.QUOTED : Kind.TEXT, value.toString(), at + 1);
                return;
            }
        }
        throw new MillraceException(
                ErrorCode.SYNTAX_ERROR,
                "quoted string does not end",
                "close it with " + quote,
                Positions.position(sql, next),
                null);
    }

    private void skipBlanks() {
        int before;
        do {
            before = next;
            while (next < sql.length() && (Character.isWhitespace(sql.charAt(next)) || sql.charAt(next) == ';')) {
                next++;
            }
            if (sql.startsWith("--", next)) {
                int line = sql.indexOf('\n', next);
                next = line < 0 ? sql.length() : line + 1;
            } else if (sql.startsWith("/*", next)) {
                int close = sql.indexOf("*/", next + 2);
                next = close < 0 ? sql.length() : close + 2;
            }
        } while (next != before);
    }
}
