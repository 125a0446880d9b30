package io.millrace.connector.jdbc;

import io.millrace.spi.row.RowBatch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

/** Writes rows, or deletes them, by a prepared statement, for any database. */
final class PreparedRows implements RowWriter {

    private final Connection connection;
    private final RowParameters parameters;
    private final String sql;
    private final int[] places;

    private PreparedRows(Connection connection, Dialect dialect, String sql, int[] places) {
        this.connection = connection;
        this.parameters = new RowParameters(dialect);
        this.sql = sql;
        this.places = places;
    }

    /** Puts rows into the table, or in the place of those with their key. */
    static PreparedRows writing(Connection connection, TableSettings settings, TableColumns columns) {
        Dialect dialect = settings.dialect();
        String sql = settings.upsert()
                ? dialect.upsert(settings.table(), columns.names(), columns.key())
                : dialect.insert(settings.table(), columns.names());
        int all = columns.names().size();
        return new PreparedRows(
                connection, dialect, sql, IntStream.range(0, all).toArray());
    }

    /** Takes rows out of the table that have the keys of those given. */
    static PreparedRows deleting(Connection connection, TableSettings settings, TableColumns columns) {
        List<String> key = columns.key();
        int[] places =
                key.stream().mapToInt(column -> columns.names().indexOf(column)).toArray();
        Dialect dialect = settings.dialect();
        return new PreparedRows(connection, dialect, dialect.delete(settings.table(), key), places);
    }

    @Override
    public void write(RowBatch rows, int from, int to) throws SQLException {
        // Prepared for each batch: one that has failed is of no more use to some drivers.
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int row = from; row < to; row++) {
                for (int i = 0; i < places.length; i++) {
                    parameters.bind(statement, i + 1, rows, places[i], row);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
