package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.server.ServerProcess;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that go into PostgreSQL are there exactly once, whichever of the two servers is killed when. */
class DatabaseCrashTest {

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
        assumeThat(PostgresServer.installed()).as("PostgreSQL is installed").isTrue();
        Random random = new Random(seed);
        Path data = directory.resolve("data");
        ServerProcess server = ServerProcess.start(data);
        try (PostgresServer database = PostgresServer.start()) {
            database.execute(
                    "CREATE TABLE events (id bigint, k text CHECK (k <> 'k7'), price numeric(12, 2), seen timestamp)",
                    "CREATE TABLE latest (k text PRIMARY KEY, id bigint)");
            define(server, database);
            for (int i = 0; i < inserts; i++) {
                insert(server, i);
                if (i % Math.max(1, inserts / kills) == 1) {
                    Thread.sleep(Duration.ofMillis(random.nextInt(200)));
                    if (random.nextInt(4) == 0) {
                        database.kill();
                        database.restart();
                    } else {
                        server.kill();
                        server = ServerProcess.start(data);
                    }
                }
            }
            check(server, database, inserts * ROWS_PER_INSERT);
        } finally {
            server.close();
        }
    }

    private static void define(ServerProcess server, PostgresServer database) throws SQLException {
        DeliveredEvents.execute(
                server,
                "CREATE STREAM events (id BIGINT, k VARCHAR, price DECIMAL(12, 2), seen TIMESTAMP)"
                        + " WITH (shards = 2, partition_key = 'k')",
                "CREATE DELIVERY d FROM events TO '" + database.url()
                        + "' WITH (\"table\" = 'events', roll_interval = '30 ms')",
                "CREATE DELIVERY u AS SELECT STREAM k, id FROM events TO '" + database.url()
                        + "' WITH (\"table\" = 'latest', mode = 'upsert', key = 'k', roll_interval = '50 ms')");
    }

    /** One of ten keys is refused by the table. */
    private static void insert(ServerProcess server, int number) throws SQLException {
        StringBuilder sql = new StringBuilder("INSERT INTO events VALUES ");
        for (int i = 0; i < ROWS_PER_INSERT; i++) {
            long id = (long) number * ROWS_PER_INSERT + i;
            sql.append(i > 0 ? "," : "")
                    .append("(%d, 'k%d', %d.25, TIMESTAMP '2026-01-01 00:00:00.%06d')".formatted(id, id % 10, id, id));
        }
        DeliveredEvents.execute(server, sql.toString());
    }

    private void check(ServerProcess server, PostgresServer database, int rows) throws Exception {
        DeliveredEvents.await(server, 2);
        assertThat(database.rows("SELECT count(*), count(DISTINCT id), sum(id), sum(price) FROM events"))
                .as("seed %s", seed)
                .containsExactly(DeliveredEvents.expected(rows));
        List<String> latest = database.rows("SELECT k, id FROM latest ORDER BY k");
        assertThat(latest).as("seed %s", seed).hasSize(10).first().isEqualTo("k0|" + (rows - 10));
        // What the table refuses is told, and none of it is lost.
        assertThat(DeliveredEvents.rows(server, "SELECT COUNT(DISTINCT DATA_TEXT) FROM error_stream"))
                .as("seed %s", seed)
                .containsExactly(String.valueOf(rows / 10));
    }
}
