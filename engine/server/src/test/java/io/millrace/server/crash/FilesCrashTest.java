package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows that go into files of a folder are there exactly once, though the server is killed at random moments: Parquet in
 * partitions, as DuckDB reads it, and ORC, as we do.
 */
class FilesCrashTest {

    private static final int ROWS_PER_INSERT = 50;

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());

    @Test
    void survivesAFewKills() throws Exception {
        deliver(3);
    }

    @Test
    @Tag("slow")
    void survivesFiftyKills() throws Exception {
        deliver(50);
    }

    private void deliver(int kills) throws Exception {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Path data = directory.resolve("data");
        ServerProcess server = ServerProcess.start(data);
        int rows = 0;
        try {
            define(server);
            for (int kill = 0; kill < kills; kill++) {
                long until = System.nanoTime()
                        + Duration.ofMillis(200 + random.nextInt(600)).toNanos();
                while (System.nanoTime() < until) {
                    rows += insert(server, rows);
                }
                server.kill();
                server = ServerProcess.start(data);
            }
            rows += insert(server, rows);
            awaitDelivered(server, rows);
            check(server, rows);
            System.out.println(rows + " rows, " + kills + " kills");
        } finally {
            server.close();
        }
    }

    private String place(String folder) {
        return directory.resolve(folder).toUri().toString().replaceFirst("/$", "");
    }

    private void define(ServerProcess server) throws SQLException {
        execute(server, "CREATE STREAM trades (id BIGINT, ticker VARCHAR) WITH (shards = 2, partition_key = 'ticker')");
        execute(
                server,
                "CREATE DELIVERY p FROM trades TO '" + place("parquet")
                        + "' WITH (partition_by = 'ticker', prefix = 't=!{partitionKeyFromQuery:ticker}/',"
                        + " write_partition_columns = 'true', roll_interval = '30 ms')");
        execute(
                server,
                "CREATE DELIVERY o FROM trades TO '" + place("orc")
                        + "' WITH (format = 'orc', roll_rows = 500, roll_interval = '70 ms')");
    }

    private static int insert(ServerProcess server, int from) throws SQLException {
        StringBuilder sql = new StringBuilder("INSERT INTO trades VALUES ");
        for (int i = 0; i < ROWS_PER_INSERT; i++) {
            sql.append(i > 0 ? "," : "").append("(" + (from + i) + ", 'T" + i % 3 + "')");
        }
        execute(server, sql.toString());
        return ROWS_PER_INSERT;
    }

    private void check(ServerProcess server, int rows) throws SQLException {
        String expected = rows + "|" + rows + "|0|" + (rows - 1) + "|3";
        String totals = "SELECT COUNT(*), COUNT(DISTINCT id), MIN(id), MAX(id), COUNT(DISTINCT ticker) FROM ";
        assertThat(PostgresServer.rows(
                        "jdbc:duckdb:", totals + "read_parquet('" + directory.resolve("parquet") + "/**/*.parquet')"))
                .as("seed %s", seed)
                .containsExactly(expected);
        execute(server, "CREATE EXTERNAL TABLE orcs FROM '" + place("orc") + "/*.orc'");
        assertThat(PostgresServer.rows(server.jdbcUrl(), totals + "orcs"))
                .as("seed %s", seed)
                .containsExactly(expected);
    }

    private static void awaitDelivered(ServerProcess server, int rows) throws SQLException {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        String done = ".*\\|running\\|exactly-once\\|\\d+\\|" + rows + "\\|0\\|0\\|.*";
        List<String> last = List.of();
        while (System.nanoTime() < deadline) {
            last = PostgresServer.rows(server.jdbcUrl(), "SHOW DELIVERIES");
            if (last.size() == 2 && last.stream().allMatch(row -> row.matches(done))) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        throw new AssertionError("not delivered: " + last);
    }

    private static void execute(ServerProcess server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
