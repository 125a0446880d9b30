package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that delivers to a table of Delta and makes checkpoints of its log, and that is killed at random moments: every
 * row is in the table once.
 */
class DeltaCrashTest {

    private static final int ROWS_PER_INSERT = 50;

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private long rows;

    @Test
    void survivesThreeKills() throws Exception {
        survives(3, lake().toUri().toString(), "");
        checkRows();
    }

    @Test
    @Tag("slow")
    void survivesFiftyKills() throws Exception {
        survives(50, lake().toUri().toString(), "");
        checkRows();
    }

    /** In a bucket whose calls fail now and then, or have an effect and no answer. */
    @Test
    void survivesThreeKillsInABucket() throws Exception {
        survivesInABucket(3);
    }

    @Test
    @Tag("slow")
    void survivesFiftyKillsInABucket() throws Exception {
        survivesInABucket(50);
    }

    private void survivesInABucket(int kills) throws Exception {
        try (BucketServer bucket = new BucketServer(new Random(seed))) {
            survives(
                    kills,
                    "s3://" + BucketServer.NAME + "/trades",
                    "endpoint = '" + bucket.endpoint() + "', access_key_id = 'a', secret_access_key = 'b', ");
            bucket.copy("trades/", lake());
            assertThat(bucket.faults()).isPositive();
        }
        checkRows();
    }

    private Path lake() {
        return directory.resolve("lake");
    }

    private void survives(int kills, String place, String access) throws Exception {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        ServerProcess server = ServerProcess.start(directory.resolve("data"));
        try {
            define(server, place, access);
            for (int kill = 0; kill < kills; kill++) {
                long until = System.nanoTime()
                        + Duration.ofMillis(1500 + random.nextInt(2000)).toNanos();
                while (System.nanoTime() < until) {
                    rows += insert(server, rows);
                }
                server.kill();
                server = ServerProcess.start(directory.resolve("data"));
            }
            rows += insert(server, rows);
            awaitDelivered(server, rows);
            assertThat(server.stop()).isZero();
        } finally {
            server.close();
        }
    }

    private void checkRows() throws Exception {
        DeltaTables table = new DeltaTables(lake());
        assertThat(table.rows("COUNT(*), COUNT(DISTINCT id), MIN(id), MAX(id)", "1"))
                .as("seed %s", seed)
                .containsExactly(rows + "|" + rows + "|0|" + (rows - 1));
        assertThat(table.rows("COUNT(DISTINCT ticker)", "1")).containsExactly("3");
        assertThat(table.checkpoint()).as("entries that a checkpoint has").isPositive();
    }

    private static void define(ServerProcess server, String place, String access) throws SQLException {
        execute(server, "CREATE STREAM trades (id BIGINT, ticker VARCHAR) WITH (shards = 2, partition_key = 'ticker')");
        execute(
                server,
                "CREATE DELIVERY d FROM trades TO 'delta:" + place + "' WITH (" + access
                        + "partition_by = 'ticker', roll_interval = '50 ms', checkpoint_interval = 5,"
                        + " upkeep_interval = '100 ms')");
    }

    private static int insert(ServerProcess server, long from) throws SQLException {
        StringBuilder sql = new StringBuilder("INSERT INTO trades VALUES ");
        for (int i = 0; i < ROWS_PER_INSERT; i++) {
            sql.append(i > 0 ? "," : "")
                    .append("(")
                    .append(from + i)
                    .append(", 'T")
                    .append(i % 3)
                    .append("')");
        }
        execute(server, sql.toString());
        return ROWS_PER_INSERT;
    }

    private static void awaitDelivered(ServerProcess server, long rows) throws SQLException {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        String done = ".*\\|running\\|exactly-once\\|\\d+\\|" + rows + "\\|0\\|0\\|.*";
        String last = "";
        while (System.nanoTime() < deadline) {
            last = deliveries(server).toString();
            if (last.matches("\\[" + done + "]")) {
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

    private static List<String> deliveries(ServerProcess server) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW DELIVERIES")) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    cells.add(result.getString(i));
                }
                rows.add(String.join("|", cells));
            }
            return rows;
        }
    }
}
