package io.millrace.server.crash;

import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.server.ServerProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** Events that are delivered to a table which refuses each tenth: those whose id ends with 7. */
final class DeliveredEvents {

    private DeliveredEvents() {}

    static void execute(ServerProcess server, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static List<String> rows(ServerProcess server, String sql) throws SQLException {
        return PostgresServer.rows(server.jdbcUrl(), sql);
    }

    /** Returns how many rows of so many the table has, how many ids, and the sums of ids and prices. */
    static String expected(int rows) {
        long count = 0;
        long sum = 0;
        for (int id = 0; id < rows; id++) {
            count += id % 10 == 7 ? 0 : 1;
            sum += id % 10 == 7 ? 0 : id;
        }
        return count + "|" + count + "|" + sum + "|" + (sum + count / 4) + "."
                + (count % 4 == 0 ? "00" : count % 4 * 25);
    }

    /** Waits until none of so many deliveries lags behind. */
    static void await(ServerProcess server, int deliveries) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (System.nanoTime() < deadline) {
            List<String> delivered = rows(server, "SHOW DELIVERIES");
            if (delivered.size() == deliveries
                    && delivered.stream().allMatch(row -> row.matches(".*\\|exactly-once\\|\\d+\\|\\d+\\|0\\|.*"))) {
                return;
            }
            Thread.sleep(Duration.ofMillis(100));
        }
        throw new AssertionError("not delivered: " + rows(server, "SHOW DELIVERIES"));
    }
}
