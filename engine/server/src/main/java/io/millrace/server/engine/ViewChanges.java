package io.millrace.server.engine;

import io.millrace.runtime.view.ViewColumns;
import io.millrace.runtime.view.ViewContent;
import io.millrace.runtime.view.ViewTask;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SourceContent;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.LogReader;
import io.millrace.spi.log.ReadOptions;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a view holds, and what changes of it: the rows between two steps, and from the log every later step, whole.
 * The view's changes are written for as long as this is open.
 */
final class ViewChanges implements Source {

    private final ViewLog log;
    private final RowType wanted;
    private final Supplier<ViewTask> running;
    private final String follower;

    /**
     * Follows a view.
     *
     * @param wanted the columns wanted, by name
     * @param running finds the view where it runs, and fails where it does not
     * @param follower what nobody else is called who follows it
     */
    ViewChanges(ViewLog log, RowType wanted, Supplier<ViewTask> running, String follower) {
        this.log = log;
        this.wanted = wanted;
        this.running = running;
        this.follower = follower;
        log.follow(follower);
    }

    @Override
    public List<String> splits() {
        return List.of(log.shard().description().id());
    }

    @Override
    public long firstPosition(String split) {
        return log.shard().firstIndex();
    }

    @Override
    public long endPosition(String split) {
        return log.shard().endIndex();
    }

    @Override
    public SourceContent content() {
        ViewContent content = running.get().content();
        try {
            return new SourceContent(
                    ViewColumns.of(content.rows(), wanted),
                    Map.of(splits().getFirst(), content.end().join()));
        } catch (CompletionException e) {
            throw e.getCause() instanceof MillraceException failure
                    ? failure
                    : new MillraceException(
                            ErrorCode.INTERNAL,
                            "the changes of view '" + log.view() + "' could not be stored: " + e.getCause(),
                            null,
                            e);
        }
    }

    @Override
    public SplitReader open(String split, long position) {
        return new Reader(log.shard(), position);
    }

    @Override
    public long idleBound(String split, long position) {
        return log.boundBehind(position);
    }

    @Override
    public Subscription onAvailable(Runnable listener) {
        return log.onChange(listener);
    }

    @Override
    public void close() {
        log.leave(follower);
    }

    /** What is readable ends with a step of the view; whoever reads all of it never sees half of one. */
    private final class Reader implements SplitReader {

        private final LogReader reader;

        Reader(ShardLog shard, long position) {
            this.reader = shard.reader(position, new ReadOptions(log.layout().with(wanted), false));
        }

        @Override
        public @Nullable SourceBatch poll(long endPosition, int entriesMax) {
            int room = (int) Math.min(entriesMax, endPosition - reader.position());
            if (room <= 0 || !(reader.poll(room) instanceof LogBatch.Rows rows)) {
                return null;
            }
            RowBatch changes = log.layout().read(rows.rows(), rows.size(), wanted);
            return new SourceBatch(changes, List.of(), Long.MIN_VALUE);
        }

        @Override
        public long position() {
            return reader.position();
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
