package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.redshift.RedshiftDoor;
import io.millrace.testing.server.ServerProcess;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows that are loaded into what stands for Redshift are there exactly once, whichever of the two servers is killed when
 * and though some answers of the bucket get lost.
 */
class RedshiftCrashTest {

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
        try (PostgresServer database = PostgresServer.start();
                BucketServer bucket = new BucketServer(new Random(seed));
                RedshiftDoor door = new RedshiftDoor(database.port(), bucket.endpoint())) {
            database.execute(RedshiftDoor.SCHEMA.toArray(String[]::new));
            database.execute("CREATE TABLE events (id bigint, k text CHECK (k <> 'k7'), price numeric(12, 2),"
                    + " seen timestamp)");
            define(server, door, bucket);
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
            System.out.println(
                    kills + " kills, " + door.loads().size() + " loads, " + bucket.faults() + " faults of the bucket");
        } finally {
            server.close();
        }
    }

    private static void define(ServerProcess server, RedshiftDoor door, BucketServer bucket) throws SQLException {
        DeliveredEvents.execute(
                server,
                "CREATE STREAM events (id BIGINT, k VARCHAR, price DECIMAL(12, 2), seen TIMESTAMP)"
                        + " WITH (shards = 2, partition_key = 'k')",
                "CREATE DELIVERY d FROM events TO '" + door.url() + "' WITH (\"table\" = 'events', staging = 's3://"
                        + BucketServer.NAME + "/staged', endpoint = '" + bucket.endpoint() + "', region = 'us-east-1',"
                        + " access_key_id = 'id', secret_access_key = 'secret', roll_interval = '30 ms')");
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
        DeliveredEvents.await(server, 1);
        assertThat(database.rows("SELECT count(*), count(DISTINCT id), sum(id), sum(price) FROM events"))
                .as("seed %s", seed)
                .containsExactly(DeliveredEvents.expected(rows));
        // What the table refuses is told, and none of it is lost.
        assertThat(DeliveredEvents.rows(server, "SELECT COUNT(DISTINCT DATA_TEXT) FROM error_stream"))
                .as("seed %s", seed)
                .containsExactly(String.valueOf(rows / 10));
    }
}
