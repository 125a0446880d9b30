package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.TableSetup;
import io.millrace.spi.connector.TableUpkeep;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a table's log in order: a checkpoint once there are so many entries behind the last, and entries before a
 * checkpoint deleted once they are old. Data files are never deleted: files of others are not known from garbage.
 */
final class DeltaUpkeep implements TableUpkeep {

    private static final Duration EXPIRY_INTERVAL = Duration.ofHours(1);

    /** How often is looked whether a table may have checkpoints from here by now; a look reads its log. */
    private static final Duration REFUSED_INTERVAL = Duration.ofHours(1);

    /** How long Delta's own writers remember files that were taken out, where the table does not say. */
    private static final Duration REMOVED_RETENTION = Duration.ofDays(7);

    private final TableSetup setup;
    private final DeltaSettings settings;
    private Instant nextLook;
    private Instant nextExpiry;
    private Instant nextCheckpoint;
    private @Nullable ObjectStore store;
    private @Nullable TableLog log;

    /** An entry that was there. */
    private long seen = -1;

    DeltaUpkeep(TableSetup setup, DeltaSettings settings) {
        this.setup = setup;
        this.settings = settings;
        this.nextLook = setup.clock().instant();
        this.nextExpiry = nextLook;
        this.nextCheckpoint = nextLook;
    }

    @Override
    public boolean step() throws IOException {
        Instant now = setup.clock().instant();
        if (now.isBefore(nextLook)) {
            return false;
        }
        boolean worked = checkpoint(now) || expire(now);
        if (!worked) {
            nextLook = now.plus(settings.upkeepInterval());
        }
        return worked;
    }

    private TableLog opened() {
        if (store == null) {
            store = setup.stores().apply(settings.place());
            log = new TableLog(store, setup.format(), settings.toString());
        }
        return Objects.requireNonNull(log);
    }

    private boolean checkpoint(Instant now) throws IOException {
        if (now.isBefore(nextCheckpoint)) {
            return false;
        }
        TableLog at = opened();
        long last = at.lastCheckpoint();
        // The table may have been made anew, and then its log is shorter than what was seen.
        seen = seen > last && !at.hasEntry(seen) ? last : Math.max(seen, last);
        while (at.hasEntry(seen + 1)) {
            seen++;
        }
        if (seen - Math.max(0, last) < settings.checkpointInterval()) {
            return false;
        }
        TableFiles files = new TableFiles();
        LogReplay replay = at.replay(files);
        if (replay == null) {
            return false;
        }
        TableState state = replay.state(at.table());
        seen = state.version();
        if (leavesOut(state)) {
            nextCheckpoint = now.plus(REFUSED_INTERVAL);
            return false;
        }
        Protocol.check(state, at.table());
        write(replay, files, state, now);
        return true;
    }

    /** Statistics of files would be lost to readers where a table has them nowhere but parsed. */
    private static boolean leavesOut(TableState state) {
        return state.property("delta.checkpoint.writeStatsAsJson").equalsIgnoreCase("false");
    }

    private void write(LogReplay replay, TableFiles files, TableState state, Instant now) throws IOException {
        boolean own = !state.property("delta.deletedFileRetentionDuration").isEmpty();
        CheckpointFile.Content checkpoint = CheckpointFile.write(
                setup.format(), replay, files, state, own ? Instant.EPOCH : now.minus(REMOVED_RETENTION));
        ObjectStore at = Objects.requireNonNull(store);
        at.create(LogNames.checkpoint(state.version()), checkpoint.content());
        ObjectNode last = Json.object()
                .put("version", state.version())
                .put("size", checkpoint.actions())
                .put("sizeInBytes", checkpoint.content().length)
                .put("numOfAddFiles", files.count());
        at.replace(LogNames.LAST_CHECKPOINT, Json.bytes(last));
    }

    private boolean expire(Instant now) throws IOException {
        if (now.isBefore(nextExpiry)) {
            return false;
        }
        nextExpiry = now.plus(EXPIRY_INTERVAL);
        TableState state = opened().read();
        if (state == null) {
            return false;
        }
        Protocol.check(state, opened().table());
        Duration retention = retention(state);
        return retention != null
                && LogExpiry.delete(Objects.requireNonNull(store), now.minus(retention), opened().lastCheckpoint());
    }

    /** Returns how long entries are kept, or null where somebody else looks after that. */
    private @Nullable Duration retention(TableState state) {
        if (settings.logRetention() != null) {
            return settings.logRetention();
        }
        boolean others = !state.property("delta.logRetentionDuration").isEmpty()
                || state.property("delta.enableExpiredLogCleanup").equalsIgnoreCase("false");
        return others ? null : DeltaSettings.LOG_RETENTION;
    }

    @Override
    public Instant nextDeadline() {
        return nextLook;
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
    }
}
