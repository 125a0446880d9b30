package io.millrace.server.engine;

import io.millrace.runtime.view.ChangeLog;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.Appended;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.ProducerStep;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.log.StreamLog;
import io.millrace.spi.row.RowBatch;
import io.millrace.sql.catalog.ViewDefinition;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one view, in a log of one shard, for those who follow it: pumps, views and deliveries, whether they run
 * or not, and open results. While nobody does, nothing is written. Each step of the view is one append. Safe for use by
 * several threads.
 */
final class ViewLog {

    private static final String PRODUCER = "view";

    private final ViewDefinition view;
    private final ChangeRows layout;
    private final Supplier<StreamLog> maker;
    private final Set<String> followers = ConcurrentHashMap.newKeySet();
    private final List<Runnable> waiting = new CopyOnWriteArrayList<>();
    private volatile Reached reached = new Reached(LogBatch.NO_BOUND, 0);
    private @Nullable StreamLog log;
    private long life;

    /**
     * How far the view has come in time.
     *
     * @param bound no row of the log from the end on has a time before it
     * @param end a position of the log
     */
    private record Reached(long bound, long end) {}

    /** @param maker makes the log, or finds it */
    ViewLog(ViewDefinition view, Supplier<StreamLog> maker) {
        this.view = view;
        this.layout = new ChangeRows(view.columns());
        this.maker = maker;
    }

    String view() {
        return view.name();
    }

    ChangeRows layout() {
        return layout;
    }

    /** Has all changes from now on written, for a follower of this name. */
    void follow(String follower) {
        log();
        followers.add(follower);
    }

    void leave(String follower) {
        followers.remove(follower);
    }

    boolean followedBy(String follower) {
        return followers.contains(follower);
    }

    /**
     * Returns the time before which no row is that follows a position, in microseconds since 1970, {@link Long#MIN_VALUE}
     * where nothing is known. It is known while the view runs, and was known before it stopped.
     */
    long boundBehind(long position) {
        Reached now = reached;
        return now.end <= position ? now.bound : LogBatch.NO_BOUND;
    }

    /** Has a listener called when there are more changes, or more is known of their time. */
    Subscription onChange(Runnable listener) {
        Subscription rows = shard().onAppend(listener);
        waiting.add(listener);
        return () -> {
            waiting.remove(listener);
            rows.close();
        };
    }

    private void reach(long bound, long end) {
        synchronized (this) {
            if (bound <= reached.bound) {
                return;
            }
            reached = new Reached(bound, end);
        }
        waiting.forEach(Runnable::run);
    }

    private synchronized long endIfThere() {
        return log == null ? 0 : shard().endIndex();
    }

    synchronized StreamLog log() {
        StreamLog made = log;
        if (made == null) {
            made = maker.get();
            log = made;
            // What may lie there was written before anything was known here.
            reached = new Reached(reached.bound, shard().endIndex());
        }
        return made;
    }

    ShardLog shard() {
        return log().shards().getFirst();
    }

    /** Returns where the view writes from now on. Who wrote before does so no more. */
    synchronized ChangeLog open() {
        return new Writer(++life);
    }

    private synchronized boolean lives(long writer) {
        return life == writer;
    }

    /** For one life of the view: from one opening to the next. */
    private final class Writer implements ChangeLog {

        private final long number;
        private @Nullable CompletableFuture<Long> end;

        Writer(long number) {
            this.number = number;
        }

        @Override
        public synchronized CompletableFuture<Void> write(long step, RowBatch changes, long rowtimeBound) {
            if (followers.isEmpty() || changes.selectedCount() == 0) {
                reached(rowtimeBound);
                return CompletableFuture.completedFuture(null);
            }
            ShardLog shard = shard();
            CompletableFuture<Appended> append =
                    shard.append(layout.stored(changes), null, LogBatch.NO_BOUND, new ProducerStep(PRODUCER, step));
            end = append.thenApply(done -> done.repeated() ? shard.endIndex() : done.firstIndex() + done.count());
            reached(rowtimeBound);
            return append.thenAccept(done -> {});
        }

        /** Tells the bound behind what was written last, once that can be read. */
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // what an append fails with, who wrote it is told
        public synchronized void reached(long rowtimeBound) {
            if (rowtimeBound == LogBatch.NO_BOUND) {
                return;
            }
            if (end == null) {
                reach(rowtimeBound, endIfThere());
            } else {
                end.thenAccept(behind -> reach(rowtimeBound, behind));
            }
        }

        @Override
        public synchronized CompletableFuture<Long> end() {
            if (!lives(number)) {
                throw new MillraceException(
                        ErrorCode.WRONG_STATE,
                        "view '" + view.name() + "' is not running at the moment",
                        "SHOW VIEWS tells why");
            }
            return end == null ? CompletableFuture.completedFuture(shard().endIndex()) : end;
        }
    }
}
