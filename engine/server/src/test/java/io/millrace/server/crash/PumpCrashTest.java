package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.server.ServerProcess;
import java.nio.file.Files;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pump, a delivery of its stream and a delivery of the same query that are killed again and again put out what an
 * undisturbed run does: no row missing, none doubled, in the stream and in the Parquet files.
 */
class PumpCrashTest {

    private static final int ROWS_PER_INSERT = 200;

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());

    @Test
    void survivesTwoKills() throws Exception {
        compareWithAnUndisturbedRun(2, 30);
    }

    @Test
    @Tag("slow")
    void survivesTwentyKills() throws Exception {
        compareWithAnUndisturbedRun(20, 400);
    }

    private void compareWithAnUndisturbedRun(int kills, int inserts) throws Exception {
        System.out.println("seed " + seed);
        Path calm = directory.resolve("calm");
        Path rough = directory.resolve("rough");
        List<String> expected = run(calm, 0, inserts);
        List<String> actual = run(rough, kills, inserts);
        assertThat(expected).isNotEmpty();
        assertThat(actual).as("seed %s", seed).containsExactlyElementsOf(expected);
        for (String lake : List.of("lake", "lake-of-query")) {
            assertThat(parquetRows(rough.resolve(lake))).as("seed %s", seed).containsExactlyElementsOf(expected);
            assertThat(parquetRows(calm.resolve(lake))).containsExactlyElementsOf(expected);
        }
    }

    private List<String> run(Path place, int kills, int inserts) throws Exception {
        Random random = new Random(seed);
        Path data = place.resolve("data");
        ServerProcess server = ServerProcess.start(data);
        try {
            define(server, place.resolve("lake"));
            for (int i = 0; i < inserts; i++) {
                insert(server, i);
                if (kills > 0 && i % Math.max(1, inserts / kills) == 1) {
                    Thread.sleep(Duration.ofMillis(random.nextInt(300)));
                    server.kill();
                    server = ServerProcess.start(data);
                }
            }
            // A row far ahead closes all windows before it.
            execute(server, "INSERT INTO events VALUES (-1, 'end', TIMESTAMP '2026-02-01 00:00:00')");
            List<String> results = awaitResults(server, inserts);
            awaitDelivered(server, results.size());
            awaitHistory(server);
            return results;
        } finally {
            server.close();
        }
    }

    private static void define(ServerProcess server, Path lake) throws SQLException {
        execute(
                server,
                "CREATE STREAM events (id BIGINT, k VARCHAR, at TIMESTAMP, WATERMARK FOR at AS at - INTERVAL '1'"
                        + " SECOND) WITH (shards = 2, partition_key = 'k')");
        execute(server, "CREATE STREAM results (w TIMESTAMP, k VARCHAR, n BIGINT, total BIGINT) WITH (shards = 2)");
        execute(
                server,
                "CREATE PUMP p AS INSERT INTO results SELECT STREAM window_start, k, COUNT(*), SUM(id)"
                        + " FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(at), INTERVAL '5' SECOND))"
                        + " GROUP BY window_start, window_end, k");
        execute(server, "CREATE MATERIALIZED VIEW counts AS SELECT k, COUNT(*) AS n FROM events GROUP BY k");
        execute(server, "CREATE STREAM history (op VARCHAR, k VARCHAR, n BIGINT)");
        execute(
                server,
                "CREATE PUMP changes AS INSERT INTO history SELECT STREAM k, n FROM counts WHERE k <> 'end'"
                        + " EMIT CHANGES");
        execute(
                server,
                "CREATE DELIVERY d FROM results TO '" + lake.toUri()
                        + "' WITH (format = 'parquet', roll_interval = '200 ms')");
        execute(
                server,
                "CREATE DELIVERY e AS SELECT STREAM window_start AS w, k, COUNT(*) AS n, SUM(id) AS total"
                        + " FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(at), INTERVAL '5' SECOND))"
                        + " GROUP BY window_start, window_end, k TO '"
                        + lake.resolveSibling("lake-of-query").toUri()
                        + "' WITH (format = 'parquet', roll_interval = '200 ms')");
    }

    /** Rows of one second of event time, spread over five keys. */
    private static void insert(ServerProcess server, int second) throws SQLException {
        StringBuilder sql = new StringBuilder("INSERT INTO events VALUES ");
        for (int i = 0; i < ROWS_PER_INSERT; i++) {
            long id = (long) second * ROWS_PER_INSERT + i;
            sql.append(i > 0 ? "," : "")
                    .append(String.format(
                            "(%d, 'k%d', TIMESTAMP '2026-01-01 %02d:%02d:%02d.%03d')",
                            id, id % 5, second / 3600, second / 60 % 60, second % 60, i * 1000 / ROWS_PER_INSERT));
        }
        execute(server, sql.toString());
    }

    private static void execute(ServerProcess server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> awaitResults(ServerProcess server, int seconds) throws Exception {
        int expected = (seconds + 4) / 5 * 5;
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        List<String> rows = List.of();
        while (rows.size() < expected && System.nanoTime() < deadline) {
            Thread.sleep(Duration.ofMillis(100));
            rows = query(server, "SELECT w, k, n, total FROM results ORDER BY w, k");
        }
        return rows;
    }

    /** The changes of the view add up to what it counts, each row comes before it goes, and none does so twice. */
    private static void awaitHistory(ServerProcess server) throws Exception {
        List<String> expected = query(server, "SELECT k, COUNT(*) FROM events WHERE k <> 'end' GROUP BY k ORDER BY k");
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        List<String> there = List.of();
        while (System.nanoTime() < deadline) {
            there = new ArrayList<>();
            for (String change : query(server, "SELECT op, k, n FROM history ORDER BY SEQUENCE_NUMBER")) {
                String row = change.substring(change.indexOf('|') + 1);
                boolean came = change.startsWith("insert");
                assertThat(there.contains(row)).as(change).isNotEqualTo(came);
                if (came) {
                    there.add(row);
                } else {
                    there.remove(row);
                }
            }
            there.sort(null);
            if (there.equals(expected)) {
                return;
            }
            Thread.sleep(Duration.ofMillis(100));
        }
        assertThat(there).isEqualTo(expected);
    }

    private static void awaitDelivered(ServerProcess server, int rows) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        String done = ".*\\|exactly-once\\|\\d+\\|" + rows + "\\|0\\|.*";
        while (System.nanoTime() < deadline) {
            List<String> delivered = query(server, "SHOW DELIVERIES");
            if (delivered.size() == 2 && delivered.stream().allMatch(row -> row.matches(done))) {
                return;
            }
            Thread.sleep(Duration.ofMillis(100));
        }
        throw new AssertionError("not delivered: " + query(server, "SHOW DELIVERIES"));
    }

    private static List<String> query(ServerProcess server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
            return rows(connection, sql);
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    cells.add(result.getString(i));
                }
                rows.add(String.join("|", cells));
            }
        }
        return rows;
    }

    private static List<String> parquetRows(Path lake) throws Exception {
        assertThat(Files.isDirectory(lake)).isTrue();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
            return rows(
                    duckdb,
                    "SELECT strftime(w, '%Y-%m-%d %H:%M:%S'), k, n, total FROM read_parquet('" + lake
                            + "/**/*.parquet') ORDER BY w, k");
        }
    }
}
