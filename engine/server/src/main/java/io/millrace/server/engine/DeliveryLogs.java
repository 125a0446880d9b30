package io.millrace.server.engine;

import io.millrace.log.LogStore;
import io.millrace.log.StreamSettings;
import io.millrace.plan.Rowtime;
import io.millrace.spi.Options;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.log.StreamLog;
import io.millrace.sql.catalog.DeliveredQuery;
import io.millrace.sql.catalog.StreamDefinition;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The logs between the query of a delivery and its files, one for each such delivery. No catalog entry and no door
 * shows them: a log belongs to the delivery's entry, by its name and its time of creation, and one whose entry is
 * gone is deleted at the next start. See decision 7.
 */
final class DeliveryLogs {

    private static final String PREFIX = "delivery:";

    /** What is in a file need not be kept; what is not, the delivery holds however old it is. */
    private static final Duration RETENTION = Duration.ofHours(1);

    private final LogStore store;

    DeliveryLogs(LogStore store) {
        this.store = store;
    }

    /** Returns whether a name is kept for these logs. */
    static boolean reserved(String name) {
        return name.startsWith(PREFIX);
    }

    /** Returns what is in the log of a delivery. */
    static StreamDefinition definition(CatalogEntry entry, DeliveredQuery query) {
        return new StreamDefinition(name(entry), query.values(), new Rowtime.Arrival(), Options.NONE);
    }

    private static String name(CatalogEntry entry) {
        return PREFIX + entry.name() + "@" + entry.created().toEpochMilli();
    }

    /**
     * Makes the log of a delivery where it is not there yet.
     *
     * @param holder for whom all of it is kept, until the delivery says from where on
     */
    synchronized void require(CatalogEntry entry, String holder) {
        String name = name(entry);
        if (!store.has(name)) {
            hold(store.create(name, new StreamSettings(1, RETENTION, false)), holder);
        }
    }

    /** Keeps all of a delivery's log for it, where there is one, until the delivery says from where on. */
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

    /** Deletes the logs of deliveries that are gone. */
    void keepOnly(Collection<CatalogEntry> entries) {
        Set<String> kept = new HashSet<>();
        entries.forEach(entry -> kept.add(name(entry)));
        store.names().stream()
                .filter(name -> reserved(name) && !kept.contains(name))
                .forEach(store::delete);
    }
}
