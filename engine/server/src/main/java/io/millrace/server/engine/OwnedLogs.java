package io.millrace.server.engine;

import io.millrace.log.LogStore;
import io.millrace.log.StreamSettings;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.log.StreamLog;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Logs that belong to catalog entries of one kind: those between the query of a delivery and its files, those of the
 * changes of views, and those of the rows of watched files. No catalog entry and no door shows them: a log belongs to its entry by the entry's name and time of
 * creation, and one whose entry is gone is deleted at the next start. See decision 7.
 */
final class OwnedLogs {

    private static final String OF_DELIVERIES = "delivery:";
    private static final String OF_VIEWS = "view:";
    private static final String OF_FILES = "files:";
    private static final List<String> PREFIXES = List.of(OF_DELIVERIES, OF_VIEWS, OF_FILES);

    /** What has been read need not be kept; what has not, its reader holds however old it is. */
    private static final Duration RETENTION = Duration.ofHours(1);

    private final LogStore store;
    private final String prefix;

    private OwnedLogs(LogStore store, String prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    static OwnedLogs ofDeliveries(LogStore store) {
        return new OwnedLogs(store, OF_DELIVERIES);
    }

    static OwnedLogs ofViews(LogStore store) {
        return new OwnedLogs(store, OF_VIEWS);
    }

    static OwnedLogs ofFiles(LogStore store) {
        return new OwnedLogs(store, OF_FILES);
    }

    /** Returns whether a name is kept for such logs. */
    static boolean reserved(String name) {
        return PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** Returns what the log of an entry is called. */
    String name(CatalogEntry entry) {
        return prefix + entry.name() + "@" + entry.created().toEpochMilli();
    }

    /**
     * Makes the log of an entry where it is not there yet.
     *
     * @param holder for whom all of it is kept, until the holder says from where on
     */
    synchronized void require(CatalogEntry entry, String holder) {
        if (!store.has(name(entry))) {
            hold(require(entry), holder);
        }
    }

    /** Returns the log of an entry, made where it is not there yet. */
    synchronized StreamLog require(CatalogEntry entry) {
        return require(entry, RETENTION);
    }

    /** Returns the log of an entry, made where it is not there yet, with what is kept for so long. */
    synchronized StreamLog require(CatalogEntry entry, Duration retention) {
        String name = name(entry);
        return store.has(name) ? store.stream(name) : store.create(name, new StreamSettings(1, retention, false));
    }

    /** Keeps all of an entry's log for somebody, where there is one, until it is said from where on. */
    synchronized void hold(CatalogEntry entry, String holder) {
        if (store.names().contains(name(entry))) {
            hold(store.stream(name(entry)), holder);
        }
    }

    private static void hold(StreamLog log, String holder) {
        for (ShardLog shard : log.shards()) {
            shard.hold(holder, shard.firstIndex());
        }
    }

    StreamLog log(String name) {
        return store.stream(name);
    }

    void delete(CatalogEntry entry) {
        if (store.has(name(entry))) {
            store.delete(name(entry));
        }
    }

    /** Deletes the logs of entries that are gone. */
    void keepOnly(Collection<CatalogEntry> entries) {
        Set<String> kept = new HashSet<>();
        entries.forEach(entry -> kept.add(name(entry)));
        store.names().stream()
                .filter(name -> name.startsWith(prefix) && !kept.contains(name))
                .forEach(store::delete);
    }
}
