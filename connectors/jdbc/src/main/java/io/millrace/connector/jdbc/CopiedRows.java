package io.millrace.connector.jdbc;

import io.millrace.spi.row.RowBatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Writes rows into PostgreSQL by {@code COPY}: straight into the table, or, to upsert them, into a temporary table and
 * from there with {@code INSERT … ON CONFLICT}; rows to be deleted are found by those in the temporary table. Of rows
 * with one key the last counts.
 */
final class CopiedRows implements RowWriter {

    private static final String STAGED = "pg_temp.millrace_staged";

    /** The place of a row in its batch. */
    private static final String PLACE = "millrace_place";

    private final Connection connection;
    private final CopyManager copies;
    private final String copy;
    private final @Nullable String merge;
    private final CopyText text = new CopyText();

    /** @param merge what is done with the rows when they are in the temporary table; null where they go straight in */
    private CopiedRows(Connection connection, String copy, @Nullable String merge) throws SQLException {
        this.connection = connection;
        this.copies = connection.unwrap(PGConnection.class).getCopyAPI();
        this.copy = copy;
        this.merge = merge;
    }

    /** Puts rows into the table, or in the place of those with their key. */
    static CopiedRows writing(Connection connection, TableSettings settings, TableColumns columns) throws SQLException {
        String names = names(columns.names());
        if (!settings.upsert()) {
            return new CopiedRows(connection, copy(settings.table(), names), null);
        }
        String key = names(columns.key());
        return staged(
                connection,
                settings,
                columns,
                "INSERT INTO " + settings.table() + " (" + names + ") SELECT " + names + " FROM (SELECT DISTINCT ON ("
                        + key + ") * FROM " + STAGED + " ORDER BY " + key + ", " + PLACE + " DESC) AS latest ORDER BY "
                        + PLACE
                        + Dialect.POSTGRESQL.onConflict(columns.names(), columns.key()));
    }

    /** Takes rows out of the table that have the keys of those given. */
    static CopiedRows deleting(Connection connection, TableSettings settings, TableColumns columns)
            throws SQLException {
        String same = columns.key().stream()
                .map(Dialect.POSTGRESQL::quote)
                .map(column -> "there." + column + " = gone." + column)
                .collect(Collectors.joining(" AND "));
        return staged(
                connection,
                settings,
                columns,
                "DELETE FROM " + settings.table() + " AS there USING " + STAGED + " AS gone WHERE " + same);
    }

    private static CopiedRows staged(Connection connection, TableSettings settings, TableColumns columns, String merge)
            throws SQLException {
        String names = names(columns.names());
        execute(
                connection,
                "CREATE TEMPORARY TABLE IF NOT EXISTS millrace_staged ON COMMIT DELETE ROWS AS SELECT " + names
                        + ", 0 AS " + PLACE + " FROM " + settings.table() + " WITH NO DATA");
        return new CopiedRows(connection, copy(STAGED, names + ", " + PLACE), merge);
    }

    private static String names(List<String> columns) {
        return columns.stream().map(Dialect.POSTGRESQL::quote).collect(Collectors.joining(", "));
    }

    private static String copy(String table, String names) {
        return "COPY " + table + " (" + names + ") FROM STDIN (ENCODING 'UTF8')";
    }

    @Override
    public void write(RowBatch rows, int from, int to) throws SQLException {
        CopyIn in = copies.copyIn(copy);
        try {
            for (int row = from; row < to; row++) {
                text.append(rows, row, merge != null);
                if (text.isLong() || row == to - 1) {
                    in.writeToCopy(text.bytes(), 0, text.length());
                    text.clear();
                }
            }
            in.endCopy();
        } finally {
            text.clear();
            if (in.isActive()) {
                in.cancelCopy();
            }
        }
        if (merge != null) {
            execute(connection, merge);
            execute(connection, "DELETE FROM " + STAGED);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
