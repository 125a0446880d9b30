package io.millrace.server.acceptance;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** An engine with a stream {@code r}, and a DuckDB with a table {@code r} of the same rows. */
final class EngineBesideDuckDb implements AutoCloseable {

    private final EngineFixture engine;
    private final Connection duck;

    EngineBesideDuckDb(Path data, String columns) throws SQLException {
        engine = EngineFixture.open(data);
        duck = DriverManager.getConnection("jdbc:duckdb:");
        engine.run("CREATE STREAM r (" + columns + ")");
        duck("CREATE TABLE r (" + columns + ")");
    }

    EngineFixture engine() {
        return engine;
    }

    /** Inserts into both, rows in brackets. */
    void insert(List<String> rows) throws SQLException {
        String statement = "INSERT INTO r VALUES " + String.join(", ", rows);
        engine.run(statement);
        duck(statement);
    }

    private void duck(String statement) throws SQLException {
        try (Statement run = duck.createStatement()) {
            run.execute(statement);
        }
    }

    /** Returns what DuckDB answers, cells with bars between them. */
    List<String> expected(String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(result.getObject(i)));
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        duck.close();
        engine.close();
    }
}
