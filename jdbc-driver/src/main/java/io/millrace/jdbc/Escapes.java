package io.millrace.jdbc;

import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.Locale;

/**
 * Translates JDBC's escapes: <code>{d '...'} {t '...'} {ts '...'} {fn f(...)} {oj ...} {escape '...'} {limit ...}
 * </code>.
 */
final class Escapes {

    private final String sql;
    private final StringBuilder out;
    private int at;

    private Escapes(String sql) {
        this.sql = sql;
        this.out = new StringBuilder(sql.length());
    }

    static String translate(String sql) throws SQLException {
        return sql.indexOf('{') < 0 ? sql : new Escapes(sql).run();
    }

    private String run() throws SQLException {
        copy(false);
        return out.toString();
    }

    /** Copies up to the end, or to the brace that closes the escape. */
    private void copy(boolean inEscape) throws SQLException {
        while (at < sql.length()) {
            int end = SqlText.skip(sql, at);
            if (end > at) {
                out.append(sql, at, end);
                at = end;
            } else if (sql.charAt(at) == '{') {
                at++;
                escape();
            } else if (sql.charAt(at) == '}' && inEscape) {
                at++;
                return;
            } else {
                out.append(sql.charAt(at++));
            }
        }
        if (inEscape) {
            throw new SQLSyntaxErrorException("an escape is not closed: " + sql, "42601");
        }
    }

    private void escape() throws SQLException {
        String keyword = word();
        switch (keyword) {
            case "d":
                out.append("DATE ");
                break;
            case "t":
                out.append("TIME ");
                break;
            case "ts":
                out.append("TIMESTAMP ");
                break;
            case "oj":
                break;
            case "fn":
                function();
                return;
            case "escape":
                out.append("ESCAPE ");
                break;
            case "limit":
                limit();
                return;
            default:
                throw new SQLSyntaxErrorException("there is no escape {" + keyword + "}: " + sql, "42601");
        }
        skipSpace();
        copy(true);
    }

    private void function() throws SQLException {
        String name = word();
        out.append(FunctionNames.translate(name));
        copy(true);
    }

    /** {@code {limit n offset m}}: the words are SQL's own. */
    private void limit() throws SQLException {
        out.append("LIMIT ");
        skipSpace();
        copy(true);
    }

    private String word() {
        skipSpace();
        int start = at;
        while (at < sql.length() && Character.isJavaIdentifierPart(sql.charAt(at))) {
            at++;
        }
        return sql.substring(start, at).toLowerCase(Locale.ROOT);
    }

    private void skipSpace() {
        while (at < sql.length() && Character.isWhitespace(sql.charAt(at))) {
            at++;
        }
    }
}
