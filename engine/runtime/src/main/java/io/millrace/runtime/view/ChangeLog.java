package io.millrace.runtime.view;

import io.millrace.spi.row.RowBatch;
import java.util.concurrent.CompletableFuture;

/**
 * Where the changes of a view go for those who follow it. Called by one thread at a time, in the order of steps; after a
 * crash the last steps come again, and are taken no second time.
 */
public interface ChangeLog {

    /** Takes changes for nobody. */
    ChangeLog NOBODY = new ChangeLog() {
        @Override
        public CompletableFuture<Void> write(long step, RowBatch changes, long rowtimeBound) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void reached(long rowtimeBound) {}

        @Override
        public CompletableFuture<Long> end() {
            return CompletableFuture.completedFuture(0L);
        }
    };

    /**
     * Takes the changes of a step; the future completes when they are durable. They may be reused when this returns.
     *
     * @param rowtimeBound no row with a time before this comes in later steps; {@link Long#MIN_VALUE} where nothing is known
     */
    CompletableFuture<Void> write(long step, RowBatch changes, long rowtimeBound);

    /** Says that no row with a time before this comes in the steps that were not written yet. */
    void reached(long rowtimeBound);

    /** Returns the position behind the changes written last, once they are durable. */
    CompletableFuture<Long> end();
}
