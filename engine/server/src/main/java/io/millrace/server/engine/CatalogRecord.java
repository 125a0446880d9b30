package io.millrace.server.engine;

import io.millrace.server.table.Tables;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what comes and goes, and ends what belongs to it: the catalog on disk, the one in memory and what runs agree,
 * after a crash as well. One statement changes what is there at a time, which is what {@link #alone} is for; the other
 * methods are called within it.
 */
final class CatalogRecord {

    private static final Logger LOG = Logger.getLogger(CatalogRecord.class.getName());

    private final LiveCatalog catalog;
    private final CatalogEntries entries;
    private final StreamLogs logs;
    private final Tables tables;
    private final Running running;

    CatalogRecord(LiveCatalog catalog, CatalogEntries entries, StreamLogs logs, Tables tables, Running running) {
        this.catalog = catalog;
        this.entries = entries;
        this.logs = logs;
        this.tables = tables;
        this.running = running;
    }

    /** Makes a change while nobody else does. */
    synchronized <T> T alone(Supplier<T> change) {
        return change.get();
    }

    /** Makes a change while nobody else does. */
    synchronized void alone(Runnable change) {
        change.run();
    }

    /** Writes down what is created, in the place of its forerunner where there is one, which ends. */
    CatalogEntry put(ObjectKind kind, @Nullable String forerunner, String name, boolean running, String sql) {
        settle();
        if (forerunner == null) {
            return entries.add(kind, name, sql, running);
        }
        CatalogEntries.Replaced replaced = entries.beginReplace(kind, forerunner, name, sql, running);
        end(replaced.dropped());
        return replaced.created();
    }

    void drop(ObjectKind kind, String name) {
        settle();
        end(entries.beginDrop(kind, name));
    }

    /** Ends what was written down as dropped. */
    void end(CatalogEntry dropped) {
        retire(dropped);
        settleOrLater(dropped);
    }

    /** Ends what belongs to an entry, as far as it is in memory. */
    private void retire(CatalogEntry entry) {
        String name = entry.name();
        running.stop(entry.kind(), name);
        switch (entry.kind()) {
            case STREAM -> catalog.streams.remove(name);
            case TABLE -> {
                catalog.tables.remove(name);
                tables.retire(name);
            }
            case PUMP -> {
                PumpDefinition pump = catalog.pumps.exact(name);
                catalog.pumps.remove(name);
                if (pump != null) {
                    running.pumps().isGone(pump, entry);
                }
            }
            case VIEW -> {
                catalog.views.remove(name);
                catalog.meantViews.remove(name);
                running.views().isGone(name);
            }
            case STORED_QUERY -> catalog.storedQueries.remove(name);
            case DELIVERY -> catalog.deliveries.remove(name);
            case FUNCTION -> catalog.functions.remove(name);
            case EXTERNAL_TABLE -> {
                catalog.externalTables.remove(name);
                running.tables().isGone(name);
            }
        }
        running.letGo(entry);
    }

    /** Takes back what was half created and ends what was half dropped, now and in earlier lives. */
    void settle() {
        entries.unfinished().stream().filter(entry -> !entry.exists()).forEach(this::settleOrLater);
    }

    /** What cannot be deleted now is dropped all the same: the catalog remembers, and deletes it another time. */
    void settleOrLater(CatalogEntry entry) {
        try {
            if (entry.kind() == ObjectKind.STREAM) {
                logs.deleteIfThere(entry.name());
            } else if (entry.kind() == ObjectKind.TABLE) {
                tables.delete(entry.name(), entry.created());
            } else {
                running.forget(entry);
            }
            entries.remove(entry);
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "what is left of " + CatalogNames.word(entry.kind()) + " '" + entry.name() + "' stays for now",
                    e);
        }
    }
}
