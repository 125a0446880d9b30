package io.millrace.server.engine;

import io.millrace.runtime.view.ChangeLog;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.Appended;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.ProducerStep;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.log.StreamLog;
import io.millrace.spi.row.RowBatch;
import io.millrace.sql.catalog.ViewDefinition;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
    private @Nullable StreamLog log;
    private long life;

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

    synchronized StreamLog log() {
        StreamLog made = log;
        if (made == null) {
            made = maker.get();
            log = made;
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
        public synchronized CompletableFuture<Void> write(long step, RowBatch changes) {
            if (followers.isEmpty() || changes.selectedCount() == 0) {
                return CompletableFuture.completedFuture(null);
            }
            ShardLog shard = shard();
            CompletableFuture<Appended> append =
                    shard.append(layout.stored(changes), null, LogBatch.NO_BOUND, new ProducerStep(PRODUCER, step));
            end = append.thenApply(done -> done.repeated() ? shard.endIndex() : done.firstIndex() + done.count());
            return append.thenAccept(done -> {});
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
