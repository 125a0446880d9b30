package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An Iceberg table that grows and is compacted, a pump that follows its snapshots, and a server that is killed over and
 * over: each row is copied exactly once.
 */
@Timeout(1800)
class WatchedIcebergCrashTest {

    private static final int ROWS_PER_INSERT = 1000;

    /** So many rows the table has when it is first looked at: more than go in one step. */
    private static final int ROWS_FIRST = 40_000;

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private long rows;

    @Test
    void survivesAFewKills() throws Exception {
        follow(3);
    }

    @Test
    @Tag("slow")
    void survivesFiftyKills() throws Exception {
        follow(50);
    }

    private void follow(int kills) throws Exception {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Path data = directory.resolve("data");
        ServerProcess server = ServerProcess.start(data);
        try {
            deliver(server);
            watch(server);
            awaitCopied(server, 1);
            for (int kill = 0; kill < kills; kill++) {
                server.kill();
                server = ServerProcess.start(data);
                long until = System.nanoTime()
                        + Duration.ofMillis(200 + random.nextInt(1000)).toNanos();
                while (System.nanoTime() < until) {
                    insert(server);
                }
            }
            awaitCopied(server, rows);
            check(server);
            assertThat(server.stop()).isZero();
        } finally {
            server.close();
        }
        assertThat(new IcebergTables(lake()).summaries("market.trades"))
                .as("compactions that were passed over")
                .anyMatch(summary -> "replace".equals(summary.get("operation")));
    }

    private Path lake() {
        return directory.resolve("lake");
    }

    /** Fills a table of several partitions and many files. */
    private void deliver(ServerProcess server) throws SQLException {
        execute(
                server,
                "CREATE STREAM trades (id BIGINT, k VARCHAR) WITH (shards = 2, partition_key = 'k')",
                "CREATE DELIVERY d FROM trades TO 'iceberg:market.trades' WITH (warehouse = '"
                        + lake().toUri() + "', partition_by = 'bucket(2, k)', roll_interval = '50 ms',"
                        + " compaction_files = 5, upkeep_interval = '100 ms')");
        while (rows < ROWS_FIRST) {
            insert(server);
        }
        while (delivered(server) < rows) {
            Thread.onSpinWait();
        }
    }

    private void watch(ServerProcess server) throws SQLException {
        execute(
                server,
                "CREATE EXTERNAL TABLE arriving FROM 'iceberg:market.trades' WITH (warehouse = '" + lake().toUri()
                        + "', watch_interval = '50 ms')",
                "CREATE STREAM copied (id BIGINT, k VARCHAR) WITH (shards = 2, partition_key = 'k')",
                "CREATE PUMP p AS INSERT INTO copied SELECT STREAM id, k FROM arriving");
    }

    private void insert(ServerProcess server) throws SQLException {
        String values = LongStream.range(rows, rows + ROWS_PER_INSERT)
                .mapToObj(id -> "(" + id + ", 'k" + id % 10 + "')")
                .collect(Collectors.joining(", "));
        execute(server, "INSERT INTO trades VALUES " + values);
        rows += ROWS_PER_INSERT;
    }

    private static long delivered(ServerProcess server) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet deliveries = statement.executeQuery("SHOW DELIVERIES")) {
            assertThat(deliveries.next()).isTrue();
            return deliveries.getLong("rows");
        }
    }

    private static void awaitCopied(ServerProcess server, long least) throws SQLException {
        String count = "SELECT COUNT(*) FROM copied";
        while (Long.parseLong(PostgresServer.rows(server.jdbcUrl(), count).getFirst()) < least) {
            Thread.onSpinWait();
        }
    }

    private void check(ServerProcess server) throws SQLException {
        assertThat(PostgresServer.rows(server.jdbcUrl(), "SELECT COUNT(*), COUNT(DISTINCT id), SUM(id) FROM copied"))
                .as("seed %s", seed)
                .containsExactly(rows + "|" + rows + "|" + rows * (rows - 1) / 2);
        assertThat(PostgresServer.rows(server.jdbcUrl(), "SELECT COUNT(*) FROM error_stream"))
                .containsExactly("0");
    }

    private static void execute(ServerProcess server, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
