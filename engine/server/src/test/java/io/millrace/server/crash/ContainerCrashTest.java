package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.BlobServer;
import io.millrace.testing.connector.FaultyDoor;
import io.millrace.testing.connector.FaultyDoor.Fault;
import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.server.KilledServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;

/**
 * Rows that go into blobs of Azurite are there exactly once, though the server is killed at random moments and some of the
 * calls fail, or are answered into the void.
 */
@Tag("slow")
class ContainerCrashTest extends DeliveryCrashTest {

    private static final Duration FAULTS_EVERY = Duration.ofMillis(150);

    @Override
    void deliver(int kills) throws Exception {
        try (BlobServer azurite = BlobServer.require();
                KilledServer server = new KilledServer(directory.resolve("data"), seed, 10)) {
            define(server, azurite);
            Thread faults = Thread.ofVirtual().start(() -> haveFaults(azurite.faults()));
            server.survive(kills, Duration.ofMillis(300), Duration.ofMillis(1500));
            faults.interrupt();
            faults.join();
            azurite.faults().clear();
            server.awaitDelivered(2, "exactly-once");
            int rows = server.rows();
            System.out.println(rows + " rows, " + kills + " kills");
            checkFiles(azurite, rows);
            checkLines(azurite, rows);
        }
    }

    private void haveFaults(FaultyDoor door) {
        Random random = new Random(seed);
        Fault[] kinds = {Fault.CUT, Fault.BUSY, Fault.ANSWER_LOST};
        while (!Thread.currentThread().isInterrupted()) {
            if (door.left() == 0) {
                door.plan(random.nextBoolean() ? "PUT" : "GET", "/", kinds[random.nextInt(kinds.length)], 1);
            }
            LockSupport.parkNanos(FAULTS_EVERY.toNanos());
        }
    }

    private void checkFiles(BlobServer azurite, int rows) throws Exception {
        Path copy = directory.resolve("copy");
        azurite.copy("whole/", copy);
        assertThat(PostgresServer.rows(
                        "jdbc:duckdb:",
                        "SELECT COUNT(*), COUNT(DISTINCT id), MIN(id), MAX(id) FROM read_parquet('" + copy
                                + "/**/*.parquet')"))
                .as("seed %s", seed)
                .containsExactly(rows + "|" + rows + "|0|" + (rows - 1));
    }

    private void checkLines(BlobServer azurite, int rows) {
        List<Integer> ids = azurite.blobs("big/").values().stream()
                .flatMap(bytes -> new String(bytes, StandardCharsets.UTF_8).lines())
                .map(line -> Integer.valueOf(line.replaceFirst("\\{\"id\":(\\d+).*", "$1")))
                .sorted()
                .toList();
        assertThat(ids)
                .as("seed %s", seed)
                .isEqualTo(IntStream.range(0, rows).boxed().toList());
    }

    /** One delivery of many small blobs in Parquet, and one in JSON of several blocks that few kills leave in peace. */
    private static void define(KilledServer server, BlobServer azurite) throws SQLException {
        String access = BlobServer.options(azurite.faultyEndpoint()) + ", block_bytes = '128 kB', timeout = '3 s', ";
        server.execute(
                "CREATE DELIVERY d FROM events TO 'azure://" + BlobServer.CONTAINER + "/whole/' WITH (" + access
                        + "format = 'parquet', roll_interval = '30 ms')",
                "CREATE DELIVERY e AS SELECT STREAM id, REPEAT(k, 1000) AS filler FROM events TO 'az://"
                        + BlobServer.CONTAINER + "/big' WITH (" + access + "format = 'json', roll_interval = '3 s')");
    }
}
