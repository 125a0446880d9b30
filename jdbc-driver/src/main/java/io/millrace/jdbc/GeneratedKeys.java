package io.millrace.jdbc;

import io.millrace.jdbc.wire.ColumnInfo;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of rows that a statement wrote, where they were asked for: the server gives them by RETURNING. Nothing
 * else is generated that a program would have to ask for.
 */
final class GeneratedKeys {

    private static final Set<String> WRITES = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");

    private List<ColumnInfo> columns = List.of();
    private final List<List<@Nullable String>> rows = new ArrayList<>();

    void clear() {
        columns = List.of();
        rows.clear();
    }

    /** Takes an answer to its end. */
    void add(Rows answer) throws SQLException {
        columns = FixedRows.asText(answer.columns());
        FixedRows.read(answer, rows);
    }

    /** Returns what was taken. */
    Rows rows() {
        return new FixedRows(columns, List.copyOf(rows));
    }

    /** Returns whether a statement is one for which keys can be asked. */
    static boolean of(String sql) {
        return WRITES.contains(SqlText.firstWord(sql));
    }

    /** Returns a statement that answers with these columns of the rows it writes. */
    static String returning(String sql, String[] columns) {
        if (columns.length == 0 || !of(sql) || SqlText.hasWord(sql, "RETURNING")) {
            return sql;
        }
        StringBuilder text = new StringBuilder(SqlText.withoutEnd(sql)).append("\nRETURNING ");
        for (int i = 0; i < columns.length; i++) {
            text.append(i == 0 ? "" : ", ").append(name(columns[i]));
        }
        return text.toString();
    }

    /** Names of columns match in any case but where they are in quotes, as in SQL. */
    private static String name(String column) {
        boolean plain = !column.isEmpty() && column.chars().allMatch(c -> c == '_' || Character.isLetterOrDigit(c));
        return plain || column.startsWith("\"") ? column : '"' + column.replace("\"", "\"\"") + '"';
    }

    /** Refuses what cannot be asked for. */
    static void check(int keys) throws SQLException {
        if (keys != Statement.RETURN_GENERATED_KEYS && keys != Statement.NO_GENERATED_KEYS) {
            throw SqlErrors.argument("there is no way " + keys + " to ask for generated keys");
        }
    }

    /** Refuses columns by number: an INSERT may name its own in any order. */
    static void check(int[] columns) throws SQLException {
        if (columns != null && columns.length > 0) {
            throw SqlErrors.unsupported("asking for generated keys by the numbers of columns, not their names,");
        }
    }
}
