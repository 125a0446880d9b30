package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows that go into objects of a bucket are there exactly once, though the server is killed at random moments and some
 * of the bucket's answers get lost.
 */
class BucketCrashTest {

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
        ServerProcess server = ServerProcess.start(directory);
        int rows = 0;
        try (BucketServer bucket = new BucketServer(new Random(seed))) {
            define(server, bucket);
            for (int kill = 0; kill < kills; kill++) {
                long until = System.nanoTime()
                        + Duration.ofMillis(300 + random.nextInt(1200)).toNanos();
                while (System.nanoTime() < until) {
                    rows += insert(server, rows);
                }
                server.kill();
                server = ServerProcess.start(directory);
            }
            rows += insert(server, rows);
            awaitDelivered(server, rows);
            System.out.println(rows + " rows, " + kills + " kills, " + bucket.faults() + " faults of the bucket");
            List<String> expected =
                    IntStream.range(0, rows).mapToObj(String::valueOf).toList();
            for (String folder : List.of("whole/", "big/")) {
                List<String> ids = bucket.lines(folder).stream()
                        .map(line -> line.replaceFirst("\\{\"id\":(\\d+).*", "$1"))
                        .sorted(Comparator.comparingInt(Integer::parseInt))
                        .toList();
                assertThat(ids).as("seed %s", seed).isEqualTo(expected);
            }
        } finally {
            server.close();
        }
    }

    /** One delivery of many small objects, and one of parts of 5 MB that few kills leave in peace. */
    private static void define(ServerProcess server, BucketServer bucket) throws SQLException {
        String access = "endpoint = '" + bucket.endpoint() + "', region = 'us-east-1', access_key_id = 'id',"
                + " secret_access_key = 'secret', part_bytes = '5 MB', format = 'json', ";
        execute(
                server,
                "CREATE STREAM events (id BIGINT, k VARCHAR) WITH (shards = 2, partition_key = 'k')",
                "CREATE DELIVERY d FROM events TO 's3://" + BucketServer.NAME + "/whole/' WITH (" + access
                        + "roll_interval = '30 ms')",
                "CREATE DELIVERY e AS SELECT STREAM id, REPEAT(k, 1000) AS filler FROM events TO 's3://"
                        + BucketServer.NAME + "/big/' WITH (" + access + "roll_interval = '3 s')");
    }

    private static int insert(ServerProcess server, int from) throws SQLException {
        StringBuilder sql = new StringBuilder("INSERT INTO events VALUES ");
        for (int i = 0; i < ROWS_PER_INSERT; i++) {
            sql.append(i > 0 ? "," : "").append("(%d, 'k%d')".formatted(from + i, i % 10));
        }
        execute(server, sql.toString());
        return ROWS_PER_INSERT;
    }

    private static void execute(ServerProcess server, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void awaitDelivered(ServerProcess server, int rows) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(300).toNanos();
        String done = ".*\\|exactly-once\\|\\d+\\|" + rows + "\\|0\\|.*";
        List<String> shown = List.of();
        while (System.nanoTime() < deadline) {
            shown = PostgresServer.rows(server.jdbcUrl(), "SHOW DELIVERIES");
            if (shown.size() == 2 && shown.stream().allMatch(row -> row.matches(done))) {
                return;
            }
            Thread.sleep(Duration.ofMillis(100));
        }
        throw new AssertionError("not delivered: " + shown);
    }
}
