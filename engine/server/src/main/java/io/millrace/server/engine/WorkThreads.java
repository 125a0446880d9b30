package io.millrace.server.engine;

import io.millrace.runtime.Workers;
import io.millrace.spi.connector.RowPreparation;
import io.millrace.spi.connector.SplitReader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads that queries share beside their own: they decode records for queries that have much to catch up with, and
 * take a share of the work of a step. A query that finds them all busy does its work by itself. Safe for use by several
 * threads.
 */
final class WorkThreads implements AutoCloseable {

    /** Pieces of a shard that a query may have decoded before it asks for them; each is some megabytes of memory. */
    private static final int PIECES_MAX = 4;

    private static final int THREADS_MAX = 8;

    private final int decoding;
    private final ExecutorService executor;
    private final Workers workers;

    /**
     * @param decoding how many may decode; 0 has each query decode in its own thread
     * @param working how many may work on a step of a query, its own thread among them; at least 1
     */
    WorkThreads(int decoding, int working) {
        this.decoding = decoding;
        AtomicInteger number = new AtomicInteger();
        this.executor = Executors.newFixedThreadPool(
                Math.max(1, Math.max(decoding, working - 1)),
                task -> Thread.ofPlatform()
                        .name("millrace-work-" + number.incrementAndGet())
                        .daemon()
                        .unstarted(task));
        this.workers = Workers.of(executor, working - 1);
    }

    /** Returns how many threads decode on a machine of so many processors. */
    static int decodingOn(int processors) {
        return processors == 1 ? 0 : workingOn(processors);
    }

    /** Returns how many threads work on a step on a machine of so many processors. */
    static int workingOn(int processors) {
        return Math.min(processors, THREADS_MAX);
    }

    /**
     * Returns a reader that starts at a position.
     *
     * @param preparations makes what a thread does with rows that it reads ahead, or null where that is nothing
     */
    SplitReader reader(
            long position, LongFunction<StreamSplitReader> opener, @Nullable Supplier<RowPreparation> preparations) {
        return decoding == 0
                ? opener.apply(position)
                : new AheadSplitReader(position, opener, preparations, executor, Math.min(decoding, PIECES_MAX));
    }

    /** Returns who shares the work of a step. */
    Workers workers() {
        return workers;
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
