package io.millrace.server.engine;

import io.millrace.spi.connector.RowPreparation;
import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads one shard, and has the next pieces of it read by other threads, and decoded, while one is used.
 *
 * <pre>
 *   shard   … │ used │ ahead │ ahead │                what is there …
 *               lane 1 lane 2  lane 3
 * </pre>
 *
 * <p>Every lane is a reader with a decoder of its own, and prepares rows by itself, so no two threads share anything. Pieces are handed out in the
 * shard's order and never hold more than was asked for. Where less is there than a piece, as when a query keeps up with
 * what arrives, nothing is read ahead and no thread is woken.
 */
final class AheadSplitReader implements SplitReader {

    private static final Logger LOG = Logger.getLogger(AheadSplitReader.class.getName());

    private final LongFunction<StreamSplitReader> opener;
    private final @Nullable Supplier<RowPreparation> preparations;
    private final Executor executor;
    private final int aheadMax;
    private final ArrayDeque<Lane> ahead = new ArrayDeque<>();
    private final ArrayDeque<Lane> free = new ArrayDeque<>();
    private Lane current;
    private long position;
    private volatile boolean closed;

    /**
     * @param opener makes a reader that starts at a position
     * @param preparations makes what a lane does with the rows it has read ahead, or null where that is nothing
     */
    AheadSplitReader(
            long position,
            LongFunction<StreamSplitReader> opener,
            @Nullable Supplier<RowPreparation> preparations,
            Executor executor,
            int aheadMax) {
        this.opener = opener;
        this.preparations = preparations;
        this.executor = executor;
        this.aheadMax = aheadMax;
        this.position = position;
        this.current = new Lane(opener.apply(position));
        current.to = position;
    }

    /** A reader, and the piece it is at. */
    private final class Lane {
        final StreamSplitReader reader;

        @Nullable
        RowPreparation preparation;

        long from;
        long to;

        @Nullable
        FutureTask<@Nullable SourceBatch> task;

        Lane(StreamSplitReader reader) {
            this.reader = reader;
        }

        void start(long pieceFrom, int entries) {
            from = pieceFrom;
            to = pieceFrom + entries;
            FutureTask<@Nullable SourceBatch> started = new FutureTask<>(() -> decode(entries));
            task = started;
            executor.execute(started);
        }

        private @Nullable SourceBatch decode(int entries) {
            if (closed) {
                return null;
            }
            if (reader.position() != from) {
                reader.seek(from);
            }
            SourceBatch batch = reader.poll(to, entries);
            return batch == null || preparations == null ? batch : prepared(batch, preparations);
        }

        private SourceBatch prepared(SourceBatch batch, Supplier<RowPreparation> made) {
            if (preparation == null) {
                preparation = made.get();
            }
            return batch.with(preparation.prepare(batch.rows()));
        }

        /** Returns what the piece gave, decoding it here where no other thread has begun to. */
        @Nullable
        SourceBatch await() {
            FutureTask<@Nullable SourceBatch> running = task;
            if (running == null) {
                throw new IllegalStateException("nothing was started");
            }
            task = null;
            running.run();
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        return running.get();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    } catch (ExecutionException e) {
                        throw unchecked(e);
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private RuntimeException unchecked(ExecutionException e) {
            return switch (e.getCause()) {
                case Error error -> throw error;
                case RuntimeException exception -> exception;
                case null, default -> new IllegalStateException(e);
            };
        }
    }

    @Override
    public @Nullable SourceBatch poll(long endPosition, int entriesMax) {
        long to = Math.min(endPosition, position + entriesMax);
        if (to < position || (to == position && !ahead.isEmpty())) {
            return null;
        }
        SourceBatch batch = position < current.to || ahead.isEmpty() ? here(to, entriesMax) : next(to, entriesMax);
        boolean full = current.reader.position() - position == entriesMax;
        position = current.reader.position();
        if (full) {
            startAhead(endPosition, entriesMax);
        }
        return batch;
    }

    /** Reads on with the reader at hand. */
    private @Nullable SourceBatch here(long to, int entriesMax) {
        if (current.reader.position() != position) {
            current.reader.seek(position);
        }
        if (ahead.isEmpty()) {
            current.to = to;
        }
        return current.reader.poll(Math.min(to, current.to), entriesMax);
    }

    /** Takes the next piece, unless less is wanted than it has. */
    private @Nullable SourceBatch next(long to, int entriesMax) {
        if (ahead.getFirst().to > to) {
            forgetAhead();
            return here(to, entriesMax);
        }
        free.add(current);
        current = ahead.removeFirst();
        return current.await();
    }

    private void startAhead(long endPosition, int entries) {
        long from = ahead.isEmpty() ? Math.max(position, current.to) : ahead.getLast().to;
        while (ahead.size() < aheadMax && from + entries <= endPosition) {
            // Not where this one started: that may have been trimmed long ago.
            Lane lane = free.isEmpty() ? new Lane(opener.apply(from)) : free.removeFirst();
            ahead.add(lane);
            lane.start(from, entries);
            from = lane.to;
        }
    }

    private void forgetAhead() {
        while (!ahead.isEmpty()) {
            Lane lane = ahead.removeFirst();
            free.add(lane);
            forget(lane);
        }
    }

    /** Nobody asked for the piece yet: whoever comes to it meets a failure again. */
    private static void forget(Lane lane) {
        try {
            lane.await();
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "a piece that was read ahead failed", e);
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void close() {
        closed = true;
        forgetAhead();
        free.add(current);
        free.forEach(lane -> lane.reader.close());
    }
}
