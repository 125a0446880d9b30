package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.KafkaServer;
import io.millrace.testing.connector.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that go into a topic of Kafka are there exactly once for those who read what is committed. */
class KafkaCrashTest {

    private static final int ROWS_PER_INSERT = 50;

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());

    @Test
    void survivesAFewKills() throws Exception {
        deliver(3, 60);
    }

    @Test
    @Tag("slow")
    void survivesFiftyKills() throws Exception {
        deliver(50, 1000);
    }

    private void deliver(int kills, int inserts) throws Exception {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Path data = directory.resolve("data");
        ServerProcess server = ServerProcess.start(data);
        try (KafkaServer kafka = KafkaServer.start()) {
            kafka.create("events", 3, Map.of());
            execute(
                    server,
                    "CREATE STREAM events (id BIGINT, k VARCHAR) WITH (shards = 2, partition_key = 'k')",
                    "CREATE DELIVERY d FROM events TO '" + kafka.url("events")
                            + "' WITH (key = 'k', format = 'csv', roll_interval = '30 ms')");
            for (int i = 0; i < inserts; i++) {
                insert(server, i);
                if (i % Math.max(1, inserts / kills) == 1) {
                    Thread.sleep(Duration.ofMillis(random.nextInt(300)));
                    server.kill();
                    server = ServerProcess.start(data);
                }
            }
            awaitDelivered(server);
            check(kafka, inserts * ROWS_PER_INSERT);
        } finally {
            server.close();
        }
    }

    private static void insert(ServerProcess server, int number) throws SQLException {
        StringBuilder sql = new StringBuilder("INSERT INTO events VALUES ");
        for (int i = 0; i < ROWS_PER_INSERT; i++) {
            int id = number * ROWS_PER_INSERT + i;
            sql.append(i > 0 ? "," : "").append("(%d, 'k%d')".formatted(id, id % 10));
        }
        execute(server, sql.toString());
    }

    private static void execute(ServerProcess server, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void check(KafkaServer kafka, int rows) {
        List<String> ids = kafka.records("events").stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .map(line -> line.substring(0, line.indexOf(',')))
                .toList();
        assertThat(ids)
                .as("seed %s", seed)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, rows).mapToObj(String::valueOf).toList());
    }

    private static void awaitDelivered(ServerProcess server) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        List<String> delivered = List.of();
        while (System.nanoTime() < deadline) {
            delivered = PostgresServer.rows(server.jdbcUrl(), "SHOW DELIVERIES");
            if (delivered.getFirst().matches(".*\\|exactly-once\\|\\d+\\|\\d+\\|0\\|.*")) {
                return;
            }
            Thread.sleep(Duration.ofMillis(100));
        }
        throw new AssertionError("not delivered: " + delivered);
    }
}
