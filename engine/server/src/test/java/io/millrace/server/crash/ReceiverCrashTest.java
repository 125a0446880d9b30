package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.FirehoseEndpoint;
import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.connector.SearchServer;
import io.millrace.testing.connector.SplunkServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows that go to services are all there, though the server is killed at random moments. The endpoint of Firehose's
 * protocol and the index have each once, since what is sent again has its id; Splunk's collector knows no ids.
 */
class ReceiverCrashTest {

    private static final int ROWS_PER_INSERT = 50;
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

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
        Path data = directory.resolve("data");
        ServerProcess server = ServerProcess.start(data);
        int rows = 0;
        try (FirehoseEndpoint endpoint = new FirehoseEndpoint();
                SearchServer search = new SearchServer(1 << 20);
                SplunkServer splunk = new SplunkServer(1 << 20)) {
            execute(server, "CREATE STREAM trades (id BIGINT, k VARCHAR) WITH (shards = 2, partition_key = 'k')");
            deliver(server, "h", "'" + endpoint.url() + "' WITH (");
            deliver(server, "o", "'" + search.url("trades") + "' WITH (");
            deliver(server, "s", "'" + splunk.url() + "' WITH (token = 'token', ");
            for (int kill = 0; kill < kills; kill++) {
                long until = System.nanoTime()
                        + Duration.ofMillis(200 + random.nextInt(600)).toNanos();
                while (System.nanoTime() < until) {
                    rows += insert(server, rows);
                }
                server.kill();
                server = ServerProcess.start(data);
            }
            rows += insert(server, rows);
            awaitDelivered(server);
            List<Integer> all = IntStream.range(0, rows).boxed().toList();
            assertThat(ids(endpoint.records())).as("endpoint, seed %s", seed).isEqualTo(all);
            assertThat(ids(search.documents("trades").values()))
                    .as("index, seed %s", seed)
                    .isEqualTo(all);
            List<Integer> collected = ids(splunk.indexed());
            assertThat(collected.stream().distinct().toList())
                    .as("collector, seed %s", seed)
                    .isEqualTo(all);
            System.out.println(rows + " rows, " + kills + " kills, " + endpoint.requests() + " requests, "
                    + (collected.size() - rows) + " rows twice in the collector");
        } finally {
            server.close();
        }
    }

    private static void deliver(ServerProcess server, String name, String to) throws SQLException {
        execute(server, "CREATE DELIVERY " + name + " FROM trades TO " + to + "roll_interval = '30 ms')");
    }

    private static List<Integer> ids(Collection<String> records) {
        return records.stream()
                .flatMap(record -> ID.matcher(record).results())
                .map(id -> Integer.valueOf(id.group(1)))
                .sorted()
                .toList();
    }

    private static int insert(ServerProcess server, int from) throws SQLException {
        StringBuilder sql = new StringBuilder("INSERT INTO trades VALUES ");
        for (int i = 0; i < ROWS_PER_INSERT; i++) {
            sql.append(i > 0 ? "," : "").append("(" + (from + i) + ", 'k" + i % 7 + "')");
        }
        execute(server, sql.toString());
        return ROWS_PER_INSERT;
    }

    private static void execute(ServerProcess server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void awaitDelivered(ServerProcess server) throws SQLException {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        List<String> last = List.of();
        while (System.nanoTime() < deadline) {
            last = PostgresServer.rows(server.jdbcUrl(), "SHOW DELIVERIES");
            if (last.size() == 3
                    && last.stream().allMatch(row -> row.matches(".*\\|at-least-once\\|\\d+\\|\\d+\\|0\\|0\\|.*"))) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        throw new AssertionError("not delivered: " + last);
    }
}
