package io.millrace.server.engine;

import io.millrace.plan.Plan;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.log.StreamLog;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the retention of logs waits for: readers that run by themselves, whether they run at the time or not. Each is known
 * by the name of its task.
 */
final class ReaderHolds {

    private static final Logger LOG = Logger.getLogger(ReaderHolds.class.getName());

    private final ReadLogs logs;
    private final ViewLogs viewLogs;

    ReaderHolds(ReadLogs logs, ViewLogs viewLogs) {
        this.logs = logs;
        this.viewLogs = viewLogs;
    }

    /** Returns the holds of a reader that runs, to be moved as it goes on. */
    LogHolds of(String holder) {
        return new LogHolds(holder, logs::find);
    }

    /**
     * Holds what is not read yet: all there is where nothing says how far the reader has come.
     *
     * @param stored finds where it is, by stream and shard
     */
    void hold(String holder, Set<String> read, Supplier<Map<String, Map<String, Long>>> stored) {
        Map<String, Map<String, Long>> known = Map.of();
        try {
            known = stored.get();
        } catch (MillraceException e) {
            LOG.log(Level.WARNING, "how far " + holder + " has read is not known: " + e.describe());
        }
        for (String stream : read) {
            Map<String, Long> positions = known.getOrDefault(stream, Map.of());
            ViewLog changes = viewLogs.find(stream);
            if (changes != null) {
                changes.follow(holder);
            }
            StreamLog log = logs.ifReadable(stream);
            if (log != null) {
                holdAll(holder, log, positions);
            }
        }
    }

    private static void holdAll(String holder, StreamLog log, Map<String, Long> positions) {
        for (ShardLog shard : log.shards()) {
            shard.hold(holder, positions.getOrDefault(shard.description().id(), shard.firstIndex()));
        }
    }

    /** Lets go of what a reader has read with one query and does not with the next. */
    void releaseUnread(String holder, Plan before, Plan after) {
        Set<String> read = CatalogUses.streamsOf(after);
        for (String stream : CatalogUses.streamsOf(before)) {
            if (!read.contains(stream)) {
                release(holder, stream);
            }
        }
    }

    private void release(String holder, String stream) {
        ViewLog changes = viewLogs.find(stream);
        if (changes != null) {
            leave(holder, changes);
        }
        release(holder, logs.ifReadable(stream));
    }

    /** Lets go of all logs that a reader has read. */
    void release(String holder) {
        for (StreamLog log : logs.readable()) {
            release(holder, log);
        }
        for (ViewLog changes : viewLogs.all()) {
            if (changes.followedBy(holder)) {
                leave(holder, changes);
            }
        }
    }

    private static void release(String holder, @Nullable StreamLog log) {
        if (log != null) {
            log.shards().forEach(shard -> shard.hold(holder, Long.MAX_VALUE));
        }
    }

    private static void leave(String holder, ViewLog changes) {
        changes.leave(holder);
        changes.shard().hold(holder, Long.MAX_VALUE);
    }
}
