package io.millrace.benchmarks.nexmark;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** DuckDB over the same rows, with one thread. For one thread. */
final class DuckDbPeer implements AutoCloseable {

    private final Connection connection;
    private final Statement statement;

    private DuckDbPeer(Connection connection, Statement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    static DuckDbPeer open() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:;jdbc_stream_results=true");
        DuckDbPeer peer = new DuckDbPeer(connection, connection.createStatement());
        peer.run("SET threads = 1");
        return peer;
    }

    /** Makes tables of what {@link NexmarkFiles#parquet} wrote: views of the files, or tables with their rows. */
    void parquet(Path directory, boolean copied) throws SQLException {
        for (EventBatches.Table table : EventBatches.Table.values()) {
            run("CREATE " + (copied ? "TABLE " : "VIEW ") + table.id() + " AS SELECT * FROM read_parquet('"
                    + directory.resolve(table.id()).resolve("rows.parquet") + "')");
        }
    }

    /** Makes views of what {@link NexmarkFiles#json} wrote. */
    void json(Path directory) throws SQLException {
        for (EventBatches.Table table : EventBatches.Table.values()) {
            List<String> columns = new ArrayList<>();
            table.type().fields().forEach(field -> columns.add(field.name() + ": '" + field.type() + "'"));
            run(String.format(
                    Locale.ROOT,
                    "CREATE VIEW %s AS SELECT * FROM read_json('%s', format = 'newline_delimited', columns = {%s})",
                    table.id(),
                    directory.resolve(table.id()).resolve("rows.json"),
                    String.join(", ", columns)));
        }
    }

    void run(String sql) throws SQLException {
        statement.execute(sql);
    }

    /** Returns the rows of an answer, values in the classes of JDBC. */
    List<List<Object>> rows(String sql) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getObject(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Runs a query, counts its rows as they are computed, and looks at none. */
    long drain(String sql) throws SQLException {
        long rows = 0;
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows++;
            }
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
        connection.close();
    }
}
