package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.server.ServerProcess;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that a pump follows, and a server that is killed over and over: each row is there exactly once. */
@Timeout(600)
class WatchedFilesCrashTest {

    private static final int ROWS_PER_FILE = 100_000;
    /** One of so many lines is no row, and goes to the error stream. */
    private static final int BROKEN = 25_000;

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());

    @Test
    void survivesAFewKills() throws Exception {
        follow(3);
    }

    @Test
    @Tag("slow")
    void survivesTwentyKills() throws Exception {
        follow(20);
    }

    private void follow(int kills) throws Exception {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Path data = directory.resolve("data");
        Files.createDirectories(directory.resolve("in"));
        int midway = 0;
        ServerProcess server = ServerProcess.start(data);
        try {
            execute(
                    server,
                    "CREATE EXTERNAL TABLE t (id BIGINT, k VARCHAR) FROM '" + directory.toUri()
                            + "in/*.csv' WITH (watch_interval = '50 ms', watch_settle = '0 s')",
                    "CREATE STREAM events (id BIGINT, k VARCHAR) WITH (shards = 2, partition_key = 'k')",
                    "CREATE PUMP p AS INSERT INTO events SELECT STREAM id, k FROM t");
            for (int round = 0; round < kills; round++) {
                long some = count(server) + random.nextInt(ROWS_PER_FILE / 2);
                write(round);
                while (count(server) < some) {
                    Thread.onSpinWait();
                }
                midway += count(server) < rows(round + 1) ? 1 : 0;
                server.kill();
                server = ServerProcess.start(data);
            }
            while (count(server) < rows(kills)) {
                Thread.onSpinWait();
            }
            write(kills);
            while (count(server) < rows(kills + 1)) {
                Thread.onSpinWait();
            }
            check(server, kills + 1);
        } finally {
            server.close();
        }
        assertThat(midway).as("kills while rows were on their way").isPositive();
    }

    private void write(int round) throws Exception {
        Path file = directory.resolve("part");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < ROWS_PER_FILE; i++) {
                long id = (long) round * ROWS_PER_FILE + i;
                out.write((id % BROKEN == 7 ? "none" : "") + id + ",k" + id % 100 + "\n");
            }
        }
        Files.move(file, directory.resolve("in/part-" + round + ".csv"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static long rows(int files) {
        return (long) files * ROWS_PER_FILE - (long) files * ROWS_PER_FILE / BROKEN;
    }

    private static long count(ServerProcess server) throws SQLException {
        return Long.parseLong(PostgresServer.rows(server.jdbcUrl(), "SELECT COUNT(*) FROM events")
                .getFirst());
    }

    private void check(ServerProcess server, int files) throws SQLException {
        long sum = 0;
        for (long id = 0; id < (long) files * ROWS_PER_FILE; id++) {
            sum += id % BROKEN == 7 ? 0 : id;
        }
        assertThat(PostgresServer.rows(server.jdbcUrl(), "SELECT COUNT(*), COUNT(DISTINCT id), SUM(id) FROM events"))
                .as("seed %s", seed)
                .containsExactly(rows(files) + "|" + rows(files) + "|" + sum);
        long broken = (long) files * ROWS_PER_FILE / BROKEN;
        assertThat(PostgresServer.rows(
                        server.jdbcUrl(), "SELECT COUNT(*), COUNT(DISTINCT DATA_TEXT) FROM error_stream"))
                .as("seed %s", seed)
                .containsExactly(broken + "|" + broken);
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
