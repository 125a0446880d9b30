package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.server.ServerProcess;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code COPY stream FROM 'file…'} that a kill ended, given again: each row of the files is there exactly once. */
class FileCopyCrashTest {

    private static final int ROWS_PER_FILE = 150_000;
    /** One of so many lines is no row, and goes to the error stream. */
    private static final int BROKEN = 50_000;

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());

    @Test
    void survivesAFewKills() throws Exception {
        copy(2);
    }

    @Test
    @Tag("slow")
    void survivesTenKills() throws Exception {
        copy(10);
    }

    /** In each round there is a file more, of which a copy of all is killed when some of its rows are there. */
    private void copy(int kills) throws Exception {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Path data = directory.resolve("data");
        String sql = "COPY events FROM '" + directory.toUri() + "in/*.csv'";
        int midway = 0;
        ServerProcess server = ServerProcess.start(data);
        try {
            execute(server, "CREATE STREAM events (id BIGINT NOT NULL, k VARCHAR) WITH (shards = 2)");
            for (int round = 0; round < kills; round++) {
                write(round);
                long before = count(server);
                Future<?> copying = copying(server, sql);
                long some = before + random.nextInt(ROWS_PER_FILE / 3);
                while (!copying.isDone() && count(server) <= some) {
                    Thread.onSpinWait();
                }
                server.kill();
                server = ServerProcess.start(data);
                midway += count(server) < rows(round + 1) ? 1 : 0;
            }
            execute(server, sql);
            check(server, kills);
            // A copy that was whole is whole when it is asked for once more.
            execute(server, sql);
            check(server, kills);
        } finally {
            server.close();
        }
        assertThat(midway).as("copies that were killed midway").isPositive();
    }

    private static Future<?> copying(ServerProcess server, String sql) {
        return CompletableFuture.runAsync(() -> {
            try {
                execute(server, sql);
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
    }

    private void write(int round) throws Exception {
        Path file = Files.createDirectories(directory.resolve("in")).resolve("part-" + round + ".csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < ROWS_PER_FILE; i++) {
                long id = (long) round * ROWS_PER_FILE + i;
                out.write((id % BROKEN == 7 ? "none" : "") + id + ",k" + id % 100 + "\n");
            }
        }
    }

    private static long rows(int files) {
        return (long) files * ROWS_PER_FILE - (long) files * ROWS_PER_FILE / BROKEN;
    }

    private static long count(ServerProcess server) throws SQLException {
        return Long.parseLong(PostgresServer.rows(server.jdbcUrl(), "SELECT COUNT(*) FROM events")
                .getFirst());
    }

    private void check(ServerProcess server, int files) throws SQLException {
        for (int file = 0; file < files; file++) {
            long from = (long) file * ROWS_PER_FILE;
            long sum = 0;
            for (long id = from; id < from + ROWS_PER_FILE; id++) {
                sum += id % BROKEN == 7 ? 0 : id;
            }
            String rows = "SELECT COUNT(*), COUNT(DISTINCT id), SUM(id) FROM events WHERE id >= " + from + " AND id < "
                    + (from + ROWS_PER_FILE);
            assertThat(PostgresServer.rows(server.jdbcUrl(), rows))
                    .as("file %s, seed %s", file, seed)
                    .containsExactly(rows(1) + "|" + rows(1) + "|" + sum);
        }
        assertThat(count(server)).as("seed %s", seed).isEqualTo(rows(files));
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
