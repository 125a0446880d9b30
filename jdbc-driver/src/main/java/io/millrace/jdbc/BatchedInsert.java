package io.millrace.jdbc;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An {@code INSERT INTO … VALUES (…)} of one row as one of many rows, so that a batch costs one round trip and one wait
 * for the disk in place of one each.
 */
final class BatchedInsert {

    private static final int ROWS_MAX = 1000;
    /** The protocol counts the parameters of a statement with two bytes; JDBC drivers stay below half of that. */
    private static final int PARAMETERS_MAX = 32_000;

    private final String head;
    private final String tuple;
    private final int parameters;

    private BatchedInsert(String head, String tuple, int parameters) {
        this.head = head;
        this.tuple = tuple;
        this.parameters = parameters;
    }

    /**
     * Reads a statement.
     *
     * @param sql text with numbered parameters
     * @return null where it is anything else than an INSERT of one row that holds all its parameters
     */
    static @Nullable BatchedInsert of(String sql, int parameters) {
        int start = afterValues(sql);
        if (parameters == 0 || parameters > PARAMETERS_MAX || start < 0) {
            return null;
        }
        int end = tupleEnd(sql, start);
        if (end < 0 || !blank(sql, end) || renumbered(sql.substring(0, start), 1) != null) {
            return null;
        }
        return new BatchedInsert(sql.substring(0, start), sql.substring(start, end), parameters);
    }

    /** Returns where the first row starts, or -1 for another statement. */
    private static int afterValues(String sql) {
        boolean insert = false;
        int i = 0;
        while (i < sql.length()) {
            int end = wordEnd(sql, i);
            if (end == i) {
                end = Math.max(i + 1, SqlText.skip(sql, i));
            } else {
                String word = sql.substring(i, end).toUpperCase(Locale.ROOT);
                if (!insert && !word.equals("INSERT")) {
                    return -1;
                }
                insert = true;
                if (word.equals("VALUES")) {
                    int open = sql.indexOf('(', end);
                    return open >= 0 && sql.substring(end, open).trim().isEmpty() ? open : -1;
                }
                if (word.equals("SELECT") || word.equals("WITH")) {
                    return -1;
                }
            }
            i = end;
        }
        return -1;
    }

    private static int wordEnd(String sql, int start) {
        int end = start;
        while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end)) && sql.charAt(end) != '$') {
            end++;
        }
        return end;
    }

    /** Returns the place behind the closing bracket, or -1 where it is missing. */
    private static int tupleEnd(String sql, int start) {
        int depth = 0;
        int i = start;
        while (i < sql.length()) {
            int end = SqlText.skip(sql, i);
            if (end > i) {
                i = end;
                continue;
            }
            char c = sql.charAt(i++);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static boolean blank(String sql, int from) {
        String rest = sql.substring(from).trim();
        return rest.isEmpty() || rest.equals(";");
    }

    /** Returns most rows of one statement. */
    int rowsMax() {
        return Math.max(1, Math.min(ROWS_MAX, PARAMETERS_MAX / parameters));
    }

    /** Returns the statement for so many rows; the parameters of each follow those of the one before. */
    String text(int rows) {
        StringBuilder text = new StringBuilder(head.length() + rows * (tuple.length() + 8)).append(head);
        for (int row = 0; row < rows; row++) {
            String renumbered = renumbered(tuple, row * parameters);
            text.append(row == 0 ? "" : ", ").append(renumbered == null ? tuple : renumbered);
        }
        return text.toString();
    }

    /** Returns the text with greater numbers, or null where it has no parameters. */
    private static @Nullable String renumbered(String sql, int more) {
        StringBuilder text = new StringBuilder(sql.length() + 8);
        boolean found = false;
        int i = 0;
        while (i < sql.length()) {
            int end = SqlText.skip(sql, i);
            if (end == i && sql.charAt(i) == '$') {
                end = numberEnd(sql, i + 1);
                if (end > i + 1) {
                    text.append('$').append(Integer.parseInt(sql.substring(i + 1, end)) + more);
                    found = true;
                    i = end;
                    continue;
                }
            }
            end = Math.max(i + 1, SqlText.skip(sql, i));
            text.append(sql, i, end);
            i = end;
        }
        return found ? text.toString() : null;
    }

    private static int numberEnd(String sql, int start) {
        int end = start;
        while (end < sql.length() && Character.isDigit(sql.charAt(end))) {
            end++;
        }
        return end;
    }
}
