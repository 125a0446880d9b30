package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.server.ServerProcess;
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
 * A server that keeps an Iceberg table equal to a view whose rows come, change and go, compacts it and expires its
 * snapshots, and that is killed at random moments: the table has what the view holds.
 */
class IcebergUpsertCrashTest {

    private static final int ROWS_PER_INSERT = 20;
    private static final int KEYS = 40;
    private static final String TABLE = "market.totals";

    /** Three of each four counts are there. */
    private static final String VIEW =
            "SELECT k, COUNT(*) AS n, MAX(id) AS newest FROM trades GROUP BY k HAVING" + " MOD(COUNT(*), 4) <> 0";

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());

    @Test
    @Tag("slow")
    void survivesThreeKills() throws Exception {
        survives(3);
    }

    @Test
    @Tag("slow")
    void survivesFiftyKills() throws Exception {
        survives(50);
    }

    private void survives(int kills) throws Exception {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        IcebergTables tables = new IcebergTables(directory.resolve("lake"));
        ServerProcess server = ServerProcess.start(directory.resolve("data"));
        long rows = 0;
        int compactions = 0;
        try {
            define(server);
            for (int kill = 0; kill < kills; kill++) {
                long until = System.nanoTime()
                        + Duration.ofMillis(1500 + random.nextInt(2000)).toNanos();
                while (System.nanoTime() < until) {
                    rows += insert(server, rows, random);
                }
                server.kill();
                compactions += compactions(tables);
                server = ServerProcess.start(directory.resolve("data"));
            }
            insert(server, rows, random);
            awaitSame(server, tables);
            compactions += compactions(tables);
            assertThat(server.stop()).isZero();
        } finally {
            server.close();
        }
        assertThat(compactions).as("compactions that were seen").isPositive();
    }

    private void define(ServerProcess server) throws SQLException {
        execute(
                server,
                "CREATE STREAM trades (id BIGINT, k INTEGER) WITH (shards = 2, partition_key = 'k')",
                "CREATE MATERIALIZED VIEW totals AS " + VIEW,
                "CREATE DELIVERY d AS SELECT STREAM * FROM totals EMIT CHANGES TO 'iceberg:" + TABLE
                        + "' WITH (warehouse = '" + directory.resolve("lake").toUri()
                        + "', mode = 'upsert', key = 'k', partition_by = 'bucket(2, k)', roll_interval = '50 ms',"
                        + " compaction_files = 3, upkeep_interval = '100 ms', snapshots_max = 20)");
    }

    private static int insert(ServerProcess server, long from, Random random) throws SQLException {
        StringBuilder sql = new StringBuilder("INSERT INTO trades VALUES ");
        for (int i = 0; i < ROWS_PER_INSERT; i++) {
            sql.append(i > 0 ? "," : "").append("(%d, %d)".formatted(from + i, random.nextInt(KEYS)));
        }
        execute(server, sql.toString());
        return ROWS_PER_INSERT;
    }

    /** Counts the snapshots of compaction that are still there; the table is there when the first commit is. */
    private static int compactions(IcebergTables tables) {
        try {
            return (int) tables.summaries(TABLE).stream()
                    .filter(summary -> "replace".equals(summary.get("operation")))
                    .count();
        } catch (Exception e) {
            return 0;
        }
    }

    private void awaitSame(ServerProcess server, IcebergTables tables) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        List<String> wanted = List.of();
        List<String> there = List.of();
        while (System.nanoTime() < deadline) {
            // Over the stream itself, so that what the view holds is tried with it.
            wanted = PostgresServer.rows(server.jdbcUrl(), "SELECT * FROM (" + VIEW + ") ORDER BY k");
            try {
                there = tables.rows(TABLE, "k, n, newest", "k");
            } catch (Exception e) {
                // A file was compacted away while it was read.
                there = List.of(String.valueOf(e));
            }
            if (there.equals(wanted) && delivered(server)) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        assertThat(there).as("seed %s", seed).isEqualTo(wanted);
        throw new AssertionError("not delivered, seed " + seed);
    }

    private static boolean delivered(ServerProcess server) throws SQLException {
        List<String> shown = PostgresServer.rows(server.jdbcUrl(), "SHOW DELIVERIES");
        return shown.getFirst().matches(".*\\|running\\|exactly-once\\|\\d+\\|\\d+\\|0\\|0\\|.*");
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
