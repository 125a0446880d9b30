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
 * from there with {@code INSERT … ON CONFLICT}. Of rows with one key the last counts.
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

    CopiedRows(Connection connection, TableSettings settings, TableColumns columns) throws SQLException {
        this.connection = connection;
        this.copies = connection.unwrap(PGConnection.class).getCopyAPI();
        String names = names(columns.names());
        if (settings.upsert()) {
            execute("CREATE TEMPORARY TABLE millrace_staged ON COMMIT DELETE ROWS AS SELECT " + names + ", 0 AS "
                    + PLACE + " FROM " + settings.table() + " WITH NO DATA");
            copy = copy(STAGED, names + ", " + PLACE);
            merge = "INSERT INTO " + settings.table() + " (" + names + ") SELECT " + names
                    + " FROM (SELECT DISTINCT ON ("
                    + names(columns.key()) + ") * FROM " + STAGED + " ORDER BY " + names(columns.key()) + ", " + PLACE
                    + " DESC) AS latest ORDER BY " + PLACE
                    + Dialect.POSTGRESQL.onConflict(columns.names(), columns.key());
        } else {
            copy = copy(settings.table(), names);
            merge = null;
        }
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
            execute(merge);
            execute("DELETE FROM " + STAGED);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
