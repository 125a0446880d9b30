package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.server.ServerProcess;
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
 * Pumps whose queries are replaced while the server is killed, in the statement or in the midst of rebuilding state: what
 * they put out afterwards is what the new queries give over all rows, the ones before the change among them, and no row
 * of the past comes a second time.
 */
class ReplacedPumpCrashTest {

    private static final int KEYS = 7;
    private static final int ROWS_PER_INSERT = 2000;
    private static final int SECONDS_PER_ROUND = 100;

    private static final String WINDOWED = "SELECT STREAM window_start, k, COUNT(*), %s FROM TABLE(TUMBLE(TABLE events,"
            + " DESCRIPTOR(at), INTERVAL '1' HOUR)) GROUP BY window_start, window_end, k";
    private static final String CHANGING =
            "SELECT STREAM k, COUNT(*) AS n, SUM(%s) AS total FROM events GROUP BY k EMIT CHANGES";

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private ServerProcess server;
    private int rows;

    @Test
    void goOnAfterTwoKills() throws Exception {
        replaceUnderKills(1, 2, 10);
    }

    @Test
    @Tag("slow")
    void goOnAfterTwentyKills() throws Exception {
        replaceUnderKills(4, 5, 100);
    }

    private void replaceUnderKills(int rounds, int killsARound, int insertsARound) throws Exception {
        System.out.println("seed " + seed);
        server = ServerProcess.start(directory);
        try {
            define();
            for (int round = 1; round <= rounds; round++) {
                insert(insertsARound, round);
                awaitTotals(round - 1);
                String windows = "ALTER PUMP windows AS INSERT INTO results " + windowed(round);
                String changes = "ALTER PUMP changes AS INSERT INTO history " + changing(round);
                for (int kill = 0; kill < killsARound; kill++) {
                    replaceAndKill(windows, changes);
                }
                execute(windows);
                execute(changes);
                insert(1, round);
                awaitTotals(round);
            }
            close();
            assertThat(awaitResults(KEYS)).as("seed %s", seed).containsExactlyElementsOf(expected(rounds));
        } finally {
            server.close();
        }
    }

    private void define() throws SQLException {
        execute("CREATE STREAM events (id BIGINT, k VARCHAR, at TIMESTAMP, WATERMARK FOR at AS at - INTERVAL '1'"
                + " SECOND) WITH (shards = 2, partition_key = 'k')");
        execute("CREATE STREAM results (w TIMESTAMP, k VARCHAR, n BIGINT, total BIGINT)");
        execute("CREATE STREAM history (op VARCHAR, k VARCHAR, n BIGINT, total BIGINT)");
        execute("CREATE PUMP windows AS INSERT INTO results " + windowed(0));
        execute("CREATE PUMP changes AS INSERT INTO history " + changing(0));
    }

    private static String windowed(int round) {
        return WINDOWED.formatted("SUM(id + " + round + ")");
    }

    private static String changing(int round) {
        return CHANGING.formatted("id + " + round);
    }

    /** Gives the statements, each perhaps not to its end, and kills the server somewhere on the way. */
    private void replaceAndKill(String... statements) throws Exception {
        Thread client = new Thread(() -> {
            try {
                for (String statement : statements) {
                    execute(statement);
                }
            } catch (SQLException e) {
                // The server was killed meanwhile; the statement is given again.
            }
        });
        client.start();
        Thread.sleep(Duration.ofMillis(random.nextInt(600)));
        server.kill();
        client.join();
        server = ServerProcess.start(directory);
    }

    /** Rows of an hour that stays open. */
    private void insert(int inserts, int round) throws SQLException {
        for (int i = 0; i < inserts; i++) {
            StringBuilder sql = new StringBuilder("INSERT INTO events VALUES ");
            for (int row = 0; row < ROWS_PER_INSERT; row++, rows++) {
                int second = SECONDS_PER_ROUND * round + rows % SECONDS_PER_ROUND;
                sql.append(row > 0 ? "," : "")
                        .append("(%d, 'k%d', TIMESTAMP '2026-01-01 00:%02d:%02d')"
                                .formatted(rows, rows % KEYS, second / 60, second % 60));
            }
            execute(sql.toString());
        }
    }

    /** Closes the hour. */
    private void close() throws SQLException {
        StringBuilder sql = new StringBuilder("INSERT INTO events VALUES ");
        for (int key = 0; key < 40; key++) {
            sql.append(key > 0 ? "," : "").append("(0, 'end" + key + "', TIMESTAMP '2026-02-01 00:00:00')");
        }
        execute(sql.toString());
    }

    private List<String> expected(int round) {
        long[] counts = new long[KEYS];
        long[] sums = new long[KEYS];
        for (int row = 0; row < rows; row++) {
            counts[row % KEYS]++;
            sums[row % KEYS] += row + round;
        }
        List<String> expected = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            expected.add("2026-01-01 00:00:00|k" + key + "|" + counts[key] + "|" + sums[key]);
        }
        return expected;
    }

    private List<String> awaitResults(int count) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        List<String> results = List.of();
        while (results.size() < count && System.nanoTime() < deadline) {
            Thread.sleep(Duration.ofMillis(100));
            results = query("SELECT w, k, n, total FROM results ORDER BY w, k");
        }
        return results;
    }

    /** Waits until the changes add up to what the query of a round gives over all rows, each row coming before it goes. */
    private void awaitTotals(int round) throws Exception {
        List<String> expected = expected(round).stream()
                .map(row -> row.substring(row.indexOf('|') + 1))
                .toList();
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        List<String> there = List.of();
        while (System.nanoTime() < deadline && !there.equals(expected)) {
            Thread.sleep(Duration.ofMillis(100));
            there = last(query("SELECT op, k, n, total FROM history ORDER BY SEQUENCE_NUMBER"));
        }
        assertThat(there).as("seed %s, round %s", seed, round).isEqualTo(expected);
    }

    /** Returns the last row that came of each key. That of the query before is not taken back by the next one. */
    private static List<String> last(List<String> changes) {
        java.util.TreeMap<String, String> rows = new java.util.TreeMap<>();
        for (String change : changes) {
            String row = change.substring(change.indexOf('|') + 1);
            if (change.startsWith("insert")) {
                rows.put(row.substring(0, row.indexOf('|')), row);
            }
        }
        return List.copyOf(rows.values());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement();
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
}
