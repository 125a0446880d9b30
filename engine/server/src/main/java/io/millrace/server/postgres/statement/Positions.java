package io.millrace.server.postgres.statement;

import io.millrace.spi.error.SqlPosition;

/** Places in a statement: as a line and a column, and as an offset. */
public final class Positions {

    private Positions() {}

    /** Returns the line and column of an offset in UTF-16 units. */
    public static SqlPosition position(String sql, int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (sql.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new SqlPosition(line, offset - lineStart + 1);
    }

    /** Returns the offset in UTF-16 units of a line and column, or the text's end where it has less. */
    public static int offset(String sql, SqlPosition position) {
        int start = 0;
        for (int line = 1; line < position.line(); line++) {
            int end = lineEnd(sql, start);
            if (end == sql.length()) {
                return end;
            }
            start = sql.startsWith("\r\n", end) ? end + 2 : end + 1;
        }
        return Math.min(sql.length(), start + Math.max(0, position.column() - 1));
    }

    private static int lineEnd(String sql, int start) {
        int at = start;
        while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
            at++;
        }
        return at;
    }
}
