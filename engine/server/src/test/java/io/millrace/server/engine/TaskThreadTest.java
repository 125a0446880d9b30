package io.millrace.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.log.ShardLog.Subscription;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A task that fails is said to, is opened anew, and what it failed with is told with its time. */
final class TaskThreadTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final CountDownLatch failed = new CountDownLatch(1);
    private final CountDownLatch runs = new CountDownLatch(2);
    private final AtomicInteger opened = new AtomicInteger();

    /** Has no memory in its first life. */
    private final class Exhausted implements TaskThread.Task {

        private final boolean fails = opened.incrementAndGet() == 1;

        @Override
        public boolean step() {
            if (fails) {
                throw new OutOfMemoryError("none left");
            }
            runs.countDown();
            return runs.getCount() > 0;
        }

        @Override
        public Subscription onAvailable(Runnable listener) {
            return () -> {};
        }

        @Override
        public OptionalLong wakeMicros() {
            return OptionalLong.empty();
        }

        @Override
        public void close() {
            failed.countDown();
        }
    }

    @Test
    void anErrorIsToldAndTheTaskOpenedAnew() throws Exception {
        try (TaskThread thread = TaskThread.start("exhausted", () -> NOW, stopping -> new Exhausted())) {
            assertThat(failed.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(runs.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(opened).hasValue(2);
            assertThat(thread.failure()).as("once it has made a step").isNull();
            assertThat(thread.lastFailure()).isEqualTo(new TaskThread.PastFailure("none left", NOW));
        }
    }
}
