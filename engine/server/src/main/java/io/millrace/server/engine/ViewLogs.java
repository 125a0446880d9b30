package io.millrace.server.engine;

import io.millrace.log.LogStore;
import io.millrace.sql.catalog.ViewDefinition;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The logs of what changes in views. A view has one once something follows it. Safe for use by several threads. */
final class ViewLogs {

    private final OwnedLogs logs;
    private final Map<String, ViewLog> ofViews = new ConcurrentHashMap<>();

    ViewLogs(LogStore store) {
        this.logs = OwnedLogs.ofViews(store);
    }

    /** Says that a view exists. */
    void exists(ViewDefinition view, CatalogEntry entry) {
        ofViews.put(view.name(), new ViewLog(view, () -> logs.require(entry)));
    }

    /** Returns the changes of a view, or null where there is no view of this exact name. */
    @Nullable
    ViewLog find(String view) {
        return ofViews.get(view);
    }

    Collection<ViewLog> all() {
        return ofViews.values();
    }

    /** Says that a view is gone. */
    void isGone(String view) {
        ofViews.remove(view);
    }

    void delete(CatalogEntry entry) {
        logs.delete(entry);
    }

    /** Deletes the logs of views that are gone. */
    void keepOnly(Collection<CatalogEntry> entries) {
        logs.keepOnly(entries);
    }
}
