package io.millrace.server.engine;

import io.millrace.spi.connector.SplitReader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;

/**
 * The threads that decode records for queries that have much to catch up with, and how many each may use. Queries share
 * them; one that finds them all busy decodes by itself. Safe for use by several threads.
 */
final class ReadAhead implements AutoCloseable {

    /** Pieces of a shard that a query may have decoded before it asks for them; each is some megabytes of memory. */
    private static final int PIECES_MAX = 4;

    private final int threads;
    private final ExecutorService executor;

    /** @param threads how many there are beside the queries' own; 0 has each query decode in its own thread */
    ReadAhead(int threads) {
        this.threads = threads;
        AtomicInteger number = new AtomicInteger();
        this.executor = Executors.newFixedThreadPool(
                Math.max(1, threads),
                task -> Thread.ofPlatform()
                        .name("millrace-decode-" + number.incrementAndGet())
                        .daemon()
                        .unstarted(task));
    }

    /** Returns how many threads a machine of so many processors gets. */
    static int threadsFor(int processors) {
        return processors == 1 ? 0 : Math.min(processors, 8);
    }

    /** Returns a reader that starts at a position. */
    SplitReader reader(long position, LongFunction<StreamSplitReader> opener) {
        return threads == 0
                ? opener.apply(position)
                : new AheadSplitReader(position, opener, executor, Math.min(threads, PIECES_MAX));
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
