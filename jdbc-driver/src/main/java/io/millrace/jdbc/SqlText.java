package io.millrace.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the driver has to know of a statement's text: where its parameters and escapes are, and whether it ends.
 * Quoted text and comments are none of its business.
 */
final class SqlText {

    /** Words looked at to tell what a statement is. */
    private static final int WORDS_MAX = 4096;

    private static final Set<String> QUERIES = Set.of("SELECT", "WITH", "VALUES", "TABLE", "(");

    private static final Set<String> CHANGES_SESSION =
            Set.of("SET", "RESET", "DECLARE", "PREPARE", "BEGIN", "START", "SAVEPOINT", "LISTEN");

    private SqlText() {}

    enum Kind {
        /** Its answer has no end. */
        STREAM,
        /** It changes what the session is set to. */
        SETTING,
        OTHER
    }

    static Kind kind(String sql) {
        List<String> words = words(sql);
        if (words.isEmpty()) {
            return Kind.OTHER;
        }
        String first = words.get(0);
        if (first.equals("SET") || first.equals("RESET")) {
            return Kind.SETTING;
        }
        if (!first.equals("SELECT") && !first.equals("WITH") && !first.equals("(")) {
            return Kind.OTHER;
        }
        for (int i = 1; i < words.size(); i++) {
            if (words.get(i).equals("STREAM") && words.get(i - 1).equals("SELECT")) {
                return Kind.STREAM;
            }
        }
        return Kind.OTHER;
    }

    /** Returns whether it is a query, whose rows come from elsewhere than what a session keeps. */
    static boolean query(String sql) {
        return QUERIES.contains(firstWord(sql));
    }

    /** Returns whether a session is not as it was behind it: settings, cursors, what is prepared, a transaction. */
    static boolean changesSession(String sql) {
        return CHANGES_SESSION.contains(firstWord(sql));
    }

    /** Returns the first word, upper-case, or nothing where there is none. */
    static String firstWord(String sql) {
        List<String> words = words(sql);
        return words.isEmpty() ? "" : words.get(0);
    }

    /** Returns whether a word stands there, in upper case, outside of quotes and comments. */
    static boolean hasWord(String sql, String word) {
        return words(sql).contains(word);
    }

    /** Returns a statement without the semicolon at its end, and what is behind that. */
    static String withoutEnd(String sql) {
        int i = 0;
        while (i < sql.length()) {
            if (sql.charAt(i) == ';' && words(sql.substring(i + 1)).isEmpty()) {
                return sql.substring(0, i);
            }
            i = Math.max(i + 1, skip(sql, i));
        }
        return sql;
    }

    /** Splits a text at its semicolons. What is blank or a comment is left out, unless there is nothing else. */
    static List<String> split(String sql) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        int i = 0;
        while (i <= sql.length()) {
            if (i == sql.length() || sql.charAt(i) == ';') {
                String piece = sql.substring(start, i);
                if (!words(piece).isEmpty()) {
                    pieces.add(piece.strip());
                }
                start = i + 1;
            }
            i = i == sql.length() ? i + 1 : Math.max(i + 1, skip(sql, i));
        }
        return pieces.size() > 1 ? pieces : List.of(sql);
    }

    /** Returns words and single characters, upper-case, without what is quoted or a comment. */
    private static List<String> words(String sql) {
        List<String> words = new ArrayList<>();
        int i = 0;
        while (i < sql.length() && words.size() < WORDS_MAX) {
            int end = skip(sql, i);
            if (end > i) {
                i = end;
                continue;
            }
            end = i;
            while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
                end++;
            }
            if (end > i) {
                words.add(sql.substring(i, end).toUpperCase(Locale.ROOT));
            } else {
                if (!Character.isWhitespace(sql.charAt(i))) {
                    words.add(sql.substring(i, i + 1));
                }
                end = i + 1;
            }
            i = end;
        }
        return words;
    }

    /** Returns the end of the quoted text or comment that starts here, or the same place where none does. */
    static int skip(String sql, int at) {
        char c = sql.charAt(at);
        if (c == '\'' || c == '"') {
            boolean backslashes = c == '\''
                    && at > 0
                    && Character.toUpperCase(sql.charAt(at - 1)) == 'E'
                    && (at == 1 || !Character.isJavaIdentifierPart(sql.charAt(at - 2)));
            return quoted(sql, at, c, backslashes);
        }
        if (sql.startsWith("--", at)) {
            int end = sql.indexOf('\n', at);
            return end < 0 ? sql.length() : end + 1;
        }
        if (sql.startsWith("/*", at)) {
            int end = sql.indexOf("*/", at + 2);
            return end < 0 ? sql.length() : end + 2;
        }
        if (c == '$' && (at == 0 || !Character.isJavaIdentifierPart(sql.charAt(at - 1)))) {
            return dollarQuoted(sql, at);
        }
        return at;
    }

    private static int quoted(String sql, int at, char quote, boolean backslashes) {
        int i = at + 1;
        while (i < sql.length() && sql.charAt(i) != quote) {
            i += backslashes && sql.charAt(i) == '\\' ? 2 : 1;
        }
        // A doubled quote reads as two texts side by side, which comes to the same.
        return Math.min(sql.length(), i + 1);
    }

    private static int dollarQuoted(String sql, int at) {
        int end = at + 1;
        while (end < sql.length() && Character.isLetterOrDigit(sql.charAt(end))) {
            end++;
        }
        boolean tag = end < sql.length()
                && sql.charAt(end) == '$'
                && (end == at + 1 || !Character.isDigit(sql.charAt(at + 1)));
        if (!tag) {
            return at;
        }
        int close = sql.indexOf(sql.substring(at, end + 1), end + 1);
        return close < 0 ? sql.length() : close + end + 1 - at;
    }
}
