package io.millrace.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CheckpointThreadsTest {

    @Test
    void checkpointIsWrittenWhileQueriesKeepAllCarriersBusy() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> queries = new ArrayList<>();
        int carriers = Runtime.getRuntime().availableProcessors();
        CountDownLatch running = new CountDownLatch(carriers);
        for (int i = 0; i < carriers; i++) {
            queries.add(Thread.ofVirtual().start(() -> {
                running.countDown();
                while (!done.get()) {
                    Thread.onSpinWait();
                }
            }));
        }
        running.await();
        CountDownLatch written = new CountDownLatch(1);
        try {
            Engine.BESIDE.execute(written::countDown);
            assertThat(written.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            done.set(true);
            for (Thread query : queries) {
                query.join();
            }
        }
    }
}
