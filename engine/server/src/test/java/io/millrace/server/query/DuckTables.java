package io.millrace.server.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The same tables in DuckDB. */
final class DuckTables implements AutoCloseable {

    private final Connection connection;

    DuckTables(Tables tables) throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        for (String table : List.of("t1", "t2", "t3")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE " + table + " (a INTEGER, b BIGINT, s VARCHAR, ts TIMESTAMP)");
            }
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO " + table + " VALUES (?, ?, ?, ?)")) {
                for (List<@Nullable Object> row : tables.rows(table)) {
                    for (int i = 0; i < row.size(); i++) {
                        insert.setObject(i + 1, row.get(i));
                    }
                    insert.execute();
                }
            }
        }
    }

    Map<String, Integer> answer(String sql) throws SQLException {
        Map<String, Integer> answer = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(plain(rows.getObject(i)));
                }
                answer.merge(QueryRuns.text(row), 1, Integer::sum);
            }
        }
        return answer;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Timestamp time -> time.toLocalDateTime();
            case LocalDateTime time -> time;
            case BigDecimal number -> number.toBigInteger();
            case BigInteger number -> number;
            default -> value;
        };
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
