package io.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HandoverTest {

    /** Has no memory for anything. */
    private static final class Exhausted implements SectionOutput {

        @Override
        public void begin(String id, String layout) {}

        @Override
        public byte[] take(byte[] block, int length) {
            throw new OutOfMemoryError("none left");
        }

        @Override
        public void end() {}
    }

    @Test
    @Timeout(60)
    void nobodyWaitsForAWriterThatHasDied() {
        Handover handover = new Handover();
        CompletableFuture<Void> passing = CompletableFuture.runAsync(
                () -> handover.pass(new Exhausted()), task -> Thread.ofVirtual().start(task));
        handover.begin("s", "bytes");
        byte[] block = new byte[16];
        for (int i = 0; i < 1000; i++) {
            block = handover.take(block, block.length);
        }
        handover.end();
        handover.finish();
        Throwable failure = passing.handle((done, e) -> e).join();
        assertThat(failure).isInstanceOf(CompletionException.class).hasCauseInstanceOf(OutOfMemoryError.class);
    }
}
