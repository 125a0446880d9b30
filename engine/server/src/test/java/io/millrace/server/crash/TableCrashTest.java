package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.server.ServerProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
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
 * A server that is killed while statements change a table has, when it is started again, all that were answered and of
 * the last one all or nothing; the view over the table has the same.
 */
class TableCrashTest {

    private static final int ROWS = 10;

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void survivesTwoKills() throws Exception {
        survives(2);
    }

    @Test
    @Tag("slow")
    void survivesTwentyKills() throws Exception {
        survives(20);
    }

    private void survives(int kills) throws Exception {
        ServerProcess server = ServerProcess.start(directory);
        try {
            define(server);
            for (int kill = 0; kill < kills; kill++) {
                long before = number(server, "SELECT max(n) FROM t");
                long answered = before + updateUntilKilled(server);
                server = ServerProcess.start(directory);
                // Each statement counts all rows up by one: they are alike, or one was torn.
                assertThat(number(server, "SELECT count(*) FROM t WHERE n <> (SELECT max(n) FROM t)"))
                        .as("seed %s", seed)
                        .isZero();
                long found = number(server, "SELECT max(n) FROM t");
                assertThat(found).as("seed %s", seed).isBetween(answered, answered + 1);
                awaitView(server, found * ROWS);
            }
        } finally {
            server.close();
        }
    }

    private static void define(ServerProcess server) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, n BIGINT NOT NULL)");
            for (int i = 0; i < ROWS; i++) {
                statement.execute("INSERT INTO t VALUES (" + i + ", 0)");
            }
            statement.execute("CREATE MATERIALIZED VIEW total AS SELECT sum(n) AS n FROM t");
        }
    }

    /** Returns how many statements were answered. */
    private long updateUntilKilled(ServerProcess server) throws Exception {
        long until =
                System.nanoTime() + Duration.ofMillis(300 + random.nextInt(700)).toNanos();
        long answered = 0;
        Thread killer = Thread.ofVirtual().unstarted(() -> {
            try {
                Thread.sleep(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
                server.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                PreparedStatement update = connection.prepareStatement("UPDATE t SET n = n + ?")) {
            killer.start();
            while (true) {
                update.setInt(1, 1);
                if (update.executeUpdate() != ROWS) {
                    throw new AssertionError("not all rows were changed");
                }
                answered++;
            }
        } catch (SQLException e) {
            // The server is gone.
        }
        killer.join();
        return answered;
    }

    private static void awaitView(ServerProcess server, long expected) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        long found = -1;
        while (found != expected && System.nanoTime() < deadline) {
            Thread.sleep(Duration.ofMillis(50));
            found = number(server, "SELECT n FROM total");
        }
        assertThat(found).isEqualTo(expected);
    }

    private static long number(ServerProcess server, String query) throws SQLException {
        List<Long> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(query)) {
            while (results.next()) {
                rows.add(results.getLong(1));
            }
        }
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }
}
