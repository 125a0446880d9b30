package io.millrace.server.table;

import io.millrace.log.LogStore;
import io.millrace.log.StreamSettings;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.StreamLog;
import io.millrace.spi.type.DataType.RowType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of an engine. Their logs are no streams: no catalog entry and no door shows them; each belongs to a table
 * by its name and the time of its creation. Safe for use by several threads.
 */
public final class Tables {

    private static final String PREFIX = "table:";

    /** What lies before a snapshot need not be kept; what does not, the table holds however old it is. */
    private static final Duration RETENTION = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(Tables.class);

    private final LogStore store;
    private final Map<String, Opened> opened = new ConcurrentHashMap<>();

    /** A table, or why it cannot be read. */
    private record Opened(
            @Nullable StoredTable table, @Nullable MillraceException damage) {}

    /** Takes over the logs of a store, of which nothing that a table may need is let go of from now on. */
    public Tables(LogStore store) {
        this.store = store;
        store.names().stream()
                .filter(Tables::reserved)
                .forEach(name -> store.stream(name).shards().forEach(TableLog::holdAll));
    }

    /** Returns whether a name is kept for the logs of tables. */
    public static boolean reserved(String name) {
        return name.startsWith(PREFIX);
    }

    private static String logName(String table, Instant created) {
        return PREFIX + table + "@" + created.toEpochMilli();
    }

    /**
     * Makes a table, empty.
     *
     * @param created tells it from one of the same name before it
     */
    public void create(String name, Instant created, RowType type, List<Integer> key) {
        StreamLog log = store.create(logName(name, created), new StreamSettings(1, RETENTION, false));
        log.shards().forEach(TableLog::holdAll);
        opened.put(name, new Opened(StoredTable.open(name, log, type, key, StoredTable.CHANGES_LEAST), null));
    }

    /** Opens a table that was made in another life. One that cannot be read says so when it is asked for. */
    public void open(String name, Instant created, RowType type, List<Integer> key) {
        try {
            StreamLog log = store.stream(logName(name, created));
            opened.put(name, new Opened(StoredTable.open(name, log, type, key, StoredTable.CHANGES_LEAST), null));
        } catch (MillraceException e) {
            MillraceException damage = e.code() == ErrorCode.UNDEFINED_NAME ? missing(name) : e;
            LOG.error("table '{}' cannot be opened: {}", name, damage.describe());
            opened.put(name, new Opened(null, damage));
        }
    }

    private static MillraceException missing(String name) {
        return new MillraceException(
                ErrorCode.DATA_CORRUPTED,
                "the log of table '" + name + "' is missing",
                "put back its directory from a copy, or drop the table");
    }

    /** Ends the use of a table. */
    public void retire(String name) {
        Opened gone = opened.remove(name);
        if (gone != null && gone.table() != null) {
            gone.table().drop();
        }
    }

    /** Deletes the log of a table where it is there. */
    public void delete(String name, Instant created) {
        if (store.has(logName(name, created))) {
            store.delete(logName(name, created));
        }
    }

    /** Returns whether there is a table of exactly this name, whether it can be read or not. */
    public boolean has(String name) {
        return opened.containsKey(name);
    }

    /**
     * Returns the table of exactly this name.
     *
     * @throws MillraceException {@code UNDEFINED_NAME}; {@code DATA_CORRUPTED} where it cannot be read
     */
    public StoredTable table(String name) {
        Opened found = opened.get(name);
        if (found == null) {
            throw new MillraceException(ErrorCode.UNDEFINED_NAME, "there is no table '" + name + "'");
        }
        if (found.table() == null) {
            MillraceException damage = java.util.Objects.requireNonNull(found.damage());
            throw new MillraceException(damage.code(), damage.describe(), damage.hint(), damage);
        }
        return found.table();
    }

    /** Returns why a table cannot be read, or null where it can. */
    public @Nullable MillraceException damage(String name) {
        Opened found = opened.get(name);
        return found == null ? null : found.damage();
    }

    /** Returns the log of a table, or null where there is none, or none that can be read. */
    public @Nullable StreamLog logIfReadable(String name) {
        Opened found = opened.get(name);
        return found == null || found.table() == null ? null : found.table().log();
    }
}
