package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connector.delta.LogNames.Checkpoint;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.TableFileFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table's log in a store. It is not listed where it can be helped: what stands in {@code _last_checkpoint} says where to
 * begin, and the entries behind that have their numbers. For one thread at a time.
 */
final class TableLog {

    private final ObjectStore store;
    private final TableFileFormat format;
    private final String table;

    /** @param table what failures name */
    TableLog(ObjectStore store, TableFileFormat format, String table) {
        this.store = store;
        this.format = format;
        this.table = table;
    }

    String table() {
        return table;
    }

    /** Reads what a writer has to know, or returns null where there is no table. */
    @Nullable
    TableState read() throws IOException {
        LogReplay replay = replay(null);
        return replay == null ? null : replay.state(table);
    }

    /** Reads the log up to its end, or returns null where there is none. */
    @Nullable
    LogReplay replay(@Nullable TableFiles files) throws IOException {
        LogReplay replay = new LogReplay(files);
        Checkpoint checkpoint = checkpoint();
        long version = -1;
        if (checkpoint != null) {
            for (String name : checkpoint.names()) {
                CheckpointFile.read(format, store.open(name), files != null, replay::action);
            }
            version = checkpoint.version();
            replay.checkpoint(version, entry(version));
        }
        version = replayBehind(version, replay);
        if (version < 0) {
            return hasBegun() ? replay(files) : null;
        }
        while (hasMore(version)) {
            version = replayBehind(version, replay);
        }
        return replay;
    }

    /**
     * Reads the log up to a version, from the last checkpoint before it.
     *
     * @throws MillraceException {@code UNDEFINED_NAME} where the log no longer reaches back to it
     */
    LogReplay replay(TableFiles files, long upTo) throws IOException {
        LogReplay replay = new LogReplay(files);
        List<String> names = store.list(LogNames.FOLDER).stream()
                .filter(name -> LogNames.version(name) <= upTo)
                .toList();
        Checkpoint checkpoint = LogNames.newest(names);
        long version = -1;
        if (checkpoint != null) {
            for (String name : checkpoint.names()) {
                CheckpointFile.read(format, store.open(name), true, replay::action);
            }
            version = checkpoint.version();
            replay.checkpoint(version, entry(version));
        }
        while (version < upTo) {
            byte[] entry = entry(++version);
            if (entry == null) {
                throw new MillraceException(
                        ErrorCode.UNDEFINED_NAME,
                        "the log of table '" + table + "' no longer tells of version " + upTo + ": entry " + version
                                + " is gone",
                        "have the table keep its log longer (delta.logRetentionDuration)");
            }
            replay.entry(version, entry);
        }
        return replay;
    }

    /** Takes the entries behind a version, and returns the last one's. */
    private long replayBehind(long from, LogReplay replay) throws IOException {
        long version = from;
        for (byte[] entry = entry(version + 1); entry != null; entry = entry(version + 1)) {
            replay.entry(++version, entry);
        }
        return version;
    }

    /**
     * Looks for entries behind what seems to be the end, among the thousand numbers around it: a whole log is not listed
     * for this. There are some that somebody has made meanwhile, or one before them is missing.
     */
    private boolean hasMore(long end) throws IOException {
        for (String name : store.list(LogNames.thousand(end + 1))) {
            if (name.equals(LogNames.entry(LogNames.version(name))) && LogNames.version(name) > end) {
                if (hasEntry(end + 1)) {
                    return true;
                }
                throw new MillraceException(
                        ErrorCode.DATA_CORRUPTED,
                        "the log of table '" + table + "' has '" + name + "' and no entry " + (end + 1),
                        "see who has deleted entries, or made the table anew while it was written to; what is missing"
                                + " cannot be told from here");
            }
        }
        return false;
    }

    /**
     * Returns whether there is a log that has begun since its first entry was looked for. One whose beginning is gone is
     * none that a new one may be begun in.
     */
    private boolean hasBegun() throws IOException {
        List<String> names = store.list(LogNames.FOLDER);
        if (names.contains(LogNames.entry(0))) {
            return true;
        }
        for (String name : names) {
            if (LogNames.version(name) >= 0) {
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "the log of table '" + table + "' has '" + name + "', and neither its first entry nor a"
                                + " checkpoint of one or several numbered files",
                        "have another writer of Delta make a classic checkpoint of it");
            }
        }
        return false;
    }

    /** Returns whether the newest entry that a state knows is there, and no other in its place. */
    boolean has(TableState state) throws IOException {
        byte[] newest = entry(state.version());
        return newest != null && LogReplay.digest(newest).equals(state.digest());
    }

    /**
     * Returns what is known behind a state, by the entries that have come since.
     *
     * @throws MillraceException {@code WRONG_STATE} where it is no longer the table that had this state
     */
    TableState read(TableState state) throws IOException {
        byte[] newest = entry(state.version());
        if (newest != null && !LogReplay.digest(newest).equals(state.digest())) {
            throw madeAnew(state);
        }
        if (newest == null || lastCheckpoint() > state.version()) {
            TableState found = read();
            if (found == null
                    || found.version() < state.version()
                    || !found.metadata().path("id").equals(state.metadata().path("id"))) {
                throw madeAnew(state);
            }
            return found;
        }
        LogReplay replay = LogReplay.after(state);
        replayBehind(state.version(), replay);
        return replay.state(table);
    }

    private MillraceException madeAnew(TableState state) {
        return new MillraceException(
                ErrorCode.WRONG_STATE,
                "table '" + table + "' was deleted or made anew: entry " + state.version()
                        + " of its log is no longer the one that was there",
                "put the table back; or, if that was meant, drop the delivery and create it anew");
    }

    /** Reads an entry, or returns null where there is none yet. */
    byte @Nullable [] entry(long version) throws IOException {
        return content(LogNames.entry(version));
    }

    boolean hasEntry(long version) throws IOException {
        return store.find(LogNames.entry(version)) != null;
    }

    /** Returns an entry's content: its actions, one a line. */
    static byte[] lines(List<ObjectNode> actions) {
        StringBuilder lines = new StringBuilder();
        actions.forEach(action -> lines.append(action).append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Makes an entry unless its number is taken, and returns whether it is this one now. */
    boolean create(long version, byte[] entry) throws IOException {
        // Of a call that was tried again, the first may have made it.
        return store.create(LogNames.entry(version), entry) || Arrays.equals(entry, entry(version));
    }

    private byte @Nullable [] content(String name) throws IOException {
        try (InputStream in = store.read(name)) {
            return in.readAllBytes();
        } catch (MillraceException e) {
            if (e.code() == ErrorCode.UNDEFINED_NAME) {
                return null;
            }
            throw e;
        }
    }

    /** Returns the entry up to which a checkpoint is said to go, or -1. */
    long lastCheckpoint() throws IOException {
        JsonNode last = hint();
        return last == null ? -1 : last.path("version").asLong(-1);
    }

    private @Nullable JsonNode hint() throws IOException {
        byte[] last = content(LogNames.LAST_CHECKPOINT);
        return last == null ? null : Json.read(new String(last, StandardCharsets.UTF_8));
    }

    /** What is said of the last may be older than its files, or they may be gone; then they are looked for. */
    private @Nullable Checkpoint checkpoint() throws IOException {
        JsonNode last = hint();
        if (last != null && last.path("version").canConvertToLong()) {
            Checkpoint said = new Checkpoint(
                    last.path("version").asLong(), last.path("parts").asInt(0));
            if (areThere(said.names())) {
                return said;
            }
        }
        return LogNames.newest(store.list(LogNames.FOLDER));
    }

    private boolean areThere(List<String> names) throws IOException {
        for (String name : names) {
            if (store.find(name) == null) {
                return false;
            }
        }
        return true;
    }
}
