package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.server.KilledServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A server that delivers to a table of Delta and makes checkpoints of its log, and that is killed at random moments: every
 * row is in the table once.
 */
class DeltaCrashTest extends DeliveryCrashTest {

    private int rows;

    @Override
    void deliver(int kills) throws Exception {
        survives(kills, lake().toUri().toString(), "");
        checkRows();
    }

    /** In a bucket whose calls fail now and then, or have an effect and no answer. */
    @Test
    @Tag("slow")
    void survivesThreeKillsInABucket() throws Exception {
        survivesInABucket(3);
    }

    @Test
    @Tag("slow")
    void survivesFiftyKillsInABucket() throws Exception {
        survivesInABucket(50);
    }

    private void survivesInABucket(int kills) throws Exception {
        try (BucketServer bucket = new BucketServer(new Random(seed))) {
            survives(
                    kills,
                    "s3://" + BucketServer.NAME + "/events",
                    "endpoint = '" + bucket.endpoint() + "', access_key_id = 'a', secret_access_key = 'b', ");
            bucket.copy("events/", lake());
            assertThat(bucket.faults()).isPositive();
        }
        checkRows();
    }

    private Path lake() {
        return directory.resolve("lake");
    }

    private void survives(int kills, String place, String access) throws Exception {
        try (KilledServer server = new KilledServer(directory.resolve("data"), seed, 3)) {
            server.execute("CREATE DELIVERY d FROM events TO 'delta:" + place + "' WITH (" + access
                    + "partition_by = 'k', roll_interval = '50 ms', checkpoint_interval = 5,"
                    + " upkeep_interval = '100 ms')");
            server.survive(kills, Duration.ofMillis(500), Duration.ofMillis(2000));
            server.awaitDelivered(1, "exactly-once");
            rows = server.rows();
            assertThat(server.stop()).isZero();
        }
    }

    private void checkRows() throws Exception {
        DeltaTables table = new DeltaTables(lake());
        assertThat(table.rows("COUNT(*), COUNT(DISTINCT id), MIN(id), MAX(id), COUNT(DISTINCT k)", "1"))
                .as("seed %s", seed)
                .containsExactly(rows + "|" + rows + "|0|" + (rows - 1) + "|3");
        assertThat(table.checkpoint()).as("entries that a checkpoint has").isPositive();
    }
}
