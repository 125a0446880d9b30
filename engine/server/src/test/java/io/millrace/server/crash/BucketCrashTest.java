package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.server.KilledServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Rows that go into objects of a bucket are there exactly once, though the server is killed at random moments and some
 * of the bucket's answers get lost.
 */
class BucketCrashTest extends DeliveryCrashTest {

    @Override
    void deliver(int kills) throws Exception {
        try (KilledServer server = new KilledServer(directory.resolve("data"), seed, 10);
                BucketServer bucket = new BucketServer(new Random(seed))) {
            define(server, bucket);
            server.survive(kills, Duration.ofMillis(300), Duration.ofMillis(1500));
            server.awaitDelivered(2, "exactly-once");
            int rows = server.rows();
            System.out.println(rows + " rows, " + kills + " kills, " + bucket.faults() + " faults of the bucket");
            checkFiles(bucket, rows);
            checkLines(bucket, rows);
        }
    }

    private void checkFiles(BucketServer bucket, int rows) throws Exception {
        Path copy = directory.resolve("copy");
        bucket.copy("whole/", copy);
        assertThat(PostgresServer.rows(
                        "jdbc:duckdb:",
                        "SELECT COUNT(*), COUNT(DISTINCT id), MIN(id), MAX(id) FROM read_parquet('" + copy
                                + "/**/*.parquet')"))
                .as("seed %s", seed)
                .containsExactly(rows + "|" + rows + "|0|" + (rows - 1));
    }

    private void checkLines(BucketServer bucket, int rows) {
        List<Integer> ids = bucket.lines("big/").stream()
                .map(line -> Integer.valueOf(line.replaceFirst("\\{\"id\":(\\d+).*", "$1")))
                .sorted()
                .toList();
        assertThat(ids)
                .as("seed %s", seed)
                .isEqualTo(IntStream.range(0, rows).boxed().toList());
    }

    /** One delivery of many small objects in Parquet, and one in JSON of parts of 5 MB that few kills leave in peace. */
    private static void define(KilledServer server, BucketServer bucket) throws SQLException {
        String access = "endpoint = '" + bucket.endpoint() + "', region = 'us-east-1', access_key_id = 'id',"
                + " secret_access_key = 'secret', part_bytes = '5 MB', ";
        server.execute(
                "CREATE DELIVERY d FROM events TO 's3://" + BucketServer.NAME + "/whole/' WITH (" + access
                        + "format = 'parquet', roll_interval = '30 ms')",
                "CREATE DELIVERY e AS SELECT STREAM id, REPEAT(k, 1000) AS filler FROM events TO 's3://"
                        + BucketServer.NAME + "/big/' WITH (" + access + "format = 'json', roll_interval = '3 s')");
    }
}
