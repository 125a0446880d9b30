package io.millrace.benchmarks.nexmark;

import io.millrace.spi.connector.Sink;
import io.millrace.spi.row.RowBatch;
import java.util.concurrent.CompletableFuture;

/** Takes whatever comes, and keeps nothing. */
final class Blackhole implements Sink {

    @Override
    public boolean acceptsUpdates() {
        return true;
    }

    @Override
    public CompletableFuture<Void> write(long step, RowBatch rows, long rowtimeBound) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        // Nothing was kept.
    }
}
