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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that makes an Iceberg table of the first record, gives it columns as records come with new keys, and that is
 * killed at random moments: every row is there once, each value in its column, and each column is there once.
 */
class GrowingIcebergCrashTest {

    private static final String TABLE = "market.growing";
    private static final int ROWS_PER_INSERT = 10;

    /** After so many rows a new key comes, which the rows behind it have and no others: a table has 1,000 columns at most. */
    private static final int ROWS_PER_KEY = 200;

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
        int rows = 0;
        try {
            define(server);
            for (int kill = 0; kill < kills; kill++) {
                long until = System.nanoTime()
                        + Duration.ofMillis(500 + random.nextInt(2500)).toNanos();
                while (System.nanoTime() < until) {
                    rows += insert(server, rows);
                }
                server.kill();
                server = ServerProcess.start(directory.resolve("data"));
            }
            rows += insert(server, rows);
            awaitDelivered(server);
            assertThat(server.stop()).isZero();
        } finally {
            server.close();
        }
        System.out.println(rows + " rows, " + keys(rows) + " columns that came later");
        assertThat(keys(rows)).as("new keys").isGreaterThan(kills / 2);
        assertWhole(tables, rows);
    }

    private void define(ServerProcess server) throws SQLException {
        execute(server, "CREATE STREAM inbox (data VARBINARY) WITH (format = 'lines', shards = 1)");
        String lake = directory.resolve("lake").toUri().toString();
        execute(
                server,
                "CREATE DELIVERY d FROM inbox TO 'iceberg:" + TABLE + "' WITH (warehouse = '" + lake
                        + "', read_as = 'json', table_creation = 'true', schema_evolution = 'true',"
                        + " roll_interval = '50 ms', compaction_files = 5, upkeep_interval = '200 ms')");
    }

    /** Returns how many keys have come with so many rows, beside the id. */
    private static int keys(int rows) {
        return (rows - 1) / ROWS_PER_KEY + 1;
    }

    private static int insert(ServerProcess server, int from) throws SQLException {
        StringBuilder sql = new StringBuilder("INSERT INTO inbox VALUES ");
        for (int id = from; id < from + ROWS_PER_INSERT; id++) {
            sql.append(id > from ? "," : "")
                    .append("('{\"id\": %d, \"c%d\": %d}')".formatted(id, id / ROWS_PER_KEY, id));
        }
        execute(server, sql.toString());
        return ROWS_PER_INSERT;
    }

    private void assertWhole(IcebergTables tables, int rows) throws Exception {
        assertThat(tables.rows(TABLE, "COUNT(*), COUNT(DISTINCT id), MIN(id), MAX(id)", "1"))
                .as("seed %s", seed)
                .containsExactly(rows + "|" + rows + "|0|" + (rows - 1));
        List<String> columns = new ArrayList<>(List.of("id long optional"));
        StringBuilder counts = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (int key = 0; key < keys(rows); key++) {
            columns.add("c" + key + " long optional");
            counts.append(key > 0 ? ", " : "").append("COUNT(CASE WHEN c%d = id THEN 1 END)".formatted(key));
            expected.append(key > 0 ? "|" : "").append(Math.min(ROWS_PER_KEY, rows - key * ROWS_PER_KEY));
        }
        assertThat(tables.schema(TABLE)).as("seed %s", seed).containsExactlyElementsOf(columns);
        assertThat(tables.rows(TABLE, counts.toString(), "1"))
                .as("seed %s", seed)
                .containsExactly(expected.toString());
    }

    private void awaitDelivered(ServerProcess server) throws SQLException {
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        String shown = "";
        while (System.nanoTime() < deadline) {
            shown = PostgresServer.rows(server.jdbcUrl(), "SHOW DELIVERIES").getFirst();
            // Nothing waits, and nothing was refused.
            if (shown.matches(".*\\|running\\|exactly-once\\|\\d+\\|\\d+\\|0\\|0\\|.*")) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        throw new AssertionError("not delivered, seed " + seed + ": " + shown);
    }

    private static void execute(ServerProcess server, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
