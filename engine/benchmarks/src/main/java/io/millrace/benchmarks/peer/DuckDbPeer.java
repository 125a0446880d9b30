package io.millrace.benchmarks.peer;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** DuckDB in this process, with one thread. For one thread. */
public final class DuckDbPeer implements AutoCloseable {

    private final Connection connection;
    private final Statement statement;

    private DuckDbPeer(Connection connection, Statement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    public static DuckDbPeer open() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:;jdbc_stream_results=true");
        DuckDbPeer peer = new DuckDbPeer(connection, connection.createStatement());
        peer.run("SET threads = 1");
        return peer;
    }

    public void run(String sql) throws SQLException {
        statement.execute(sql);
    }

    /** Returns the rows of an answer, values in the classes of JDBC. */
    public List<List<Object>> rows(String sql) throws SQLException {
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
    public long drain(String sql) throws SQLException {
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
