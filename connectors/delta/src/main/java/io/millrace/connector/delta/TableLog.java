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
                CheckpointFile.read(format, store.open(name), replay::action);
            }
            version = checkpoint.version();
            replay.checkpoint(version);
        }
        for (byte[] entry = entry(version + 1); entry != null; entry = entry(version + 1)) {
            replay.entry(++version, entry);
        }
        if (version < 0) {
            return hasBegun() ? replay(files) : null;
        }
        return replay;
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

    /** Returns what is known behind a state, by the entries that have come since. */
    TableState read(TableState state) throws IOException {
        if (lastCheckpoint() > state.version()) {
            TableState found = read();
            if (found == null || found.version() < state.version()) {
                throw new MillraceException(
                        ErrorCode.DATA_CORRUPTED,
                        "the log of table '" + table + "' ends before entry " + state.version() + ", which it had",
                        "see who has deleted or replaced the table; if that was meant, make the delivery anew");
            }
            return found;
        }
        LogReplay replay = LogReplay.after(state);
        long version = state.version();
        for (byte[] entry = entry(version + 1); entry != null; entry = entry(version + 1)) {
            replay.entry(++version, entry);
        }
        return replay.state(table);
    }

    /** Reads an entry, or returns null where there is none yet. */
    byte @Nullable [] entry(long version) throws IOException {
        return content(LogNames.entry(version));
    }

    boolean hasEntry(long version) throws IOException {
        return store.find(LogNames.entry(version)) != null;
    }

    /** Makes an entry unless its number is taken, and returns whether it is this one now. */
    boolean create(long version, List<ObjectNode> actions) throws IOException {
        StringBuilder lines = new StringBuilder();
        actions.forEach(action -> lines.append(action).append('\n'));
        byte[] entry = lines.toString().getBytes(StandardCharsets.UTF_8);
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
