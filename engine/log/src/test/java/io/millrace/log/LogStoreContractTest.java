package io.millrace.log;

import io.millrace.spi.log.StreamLog;
import io.millrace.testing.contract.ShardLogContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the local disk, with threads. Segments are small so that most tests cross them. */
class LogStoreContractTest extends ShardLogContract {

    @TempDir
    Path directory;

    private final TestClock clock = new TestClock();
    private LogStore store;

    @BeforeEach
    void openStore() {
        LogSettings settings = LogSettings.DEFAULT.withSegmentBytesMax(2000).withIndexIntervalBytes(300);
        store = LogStore.open(directory, settings, clock);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Override
    protected StreamLog create(int shards) {
        return store.create("Contract", StreamSettings.ofShards(shards));
    }

    @Override
    protected StreamLog reopen() {
        store.close();
        openStore();
        return store.stream("Contract");
    }

    @Override
    protected void advance(Duration time) {
        clock.advance(time);
    }

    @Override
    protected void trim(Duration retention) {
        store.stream("Contract").changeRetention(retention);
        store.trim();
    }
}
