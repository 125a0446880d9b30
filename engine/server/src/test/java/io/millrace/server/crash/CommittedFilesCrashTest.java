package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.BucketServer;
import io.millrace.testing.connector.FaultyDoor.Fault;
import io.millrace.testing.server.KilledServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed between the commit of a file and its publication, which a bucket refuses that long. */
class CommittedFilesCrashTest {

    /** What completes an upload, which makes an object visible. */
    private static final String COMPLETION = "uploadId=";

    @TempDir
    Path directory;

    @Test
    void filesThatWereCommittedArePublishedInTheNextLife() throws Exception {
        try (KilledServer server = new KilledServer(directory.resolve("data"), KilledServer.seed(), 3);
                BucketServer bucket = BucketServer.start()) {
            String access = BucketServer.options(bucket.faultyEndpoint()) + ", region = 'us-east-1'";
            server.execute("CREATE DELIVERY d FROM events TO 's3://" + BucketServer.NAME + "/rows/' WITH (" + access
                    + ", format = 'json', attempts = 1, roll_interval = '30 ms')");
            server.awaitDelivered(1, "exactly-once");
            bucket.faults().plan("POST", COMPLETION, Fault.BUSY, 100_000);
            int waiting = bucket.faults().left();
            server.killOnce(() -> bucket.faults().left() < waiting);
            bucket.faults().clear();
            server.restart();
            server.awaitDelivered(1, "exactly-once");
            server.execute("CREATE EXTERNAL TABLE written FROM 's3://" + BucketServer.NAME + "/rows/*.json' WITH ("
                    + access + ")");
            assertThat(server.rows("SELECT COUNT(*), COUNT(DISTINCT id), MAX(id) FROM written"))
                    .containsExactly(server.rows() + "|" + server.rows() + "|" + (server.rows() - 1));
        }
    }
}
