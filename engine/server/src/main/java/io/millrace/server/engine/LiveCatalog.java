package io.millrace.server.engine;

import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.catalog.StoredQuery;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.TableDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The catalog in memory. Safe for use by several threads. */
final class LiveCatalog implements Catalog {

    final NamedObjects<StreamDefinition> streams = new NamedObjects<>();
    final NamedObjects<TableDefinition> tables = new NamedObjects<>();
    final NamedObjects<ExternalTable> externalTables = new NamedObjects<>();
    final NamedObjects<ViewDefinition> views = new NamedObjects<>();
    final NamedObjects<StoredQuery> storedQueries = new NamedObjects<>();

    /** What views are to be that were replaced, by exact name, while the old ones are still what is read. */
    final Map<String, ViewDefinition> meantViews = new ConcurrentHashMap<>();

    final NamedObjects<PumpDefinition> pumps = new NamedObjects<>();
    final NamedObjects<DeliveryDefinition> deliveries = new NamedObjects<>();
    final NamedObjects<FunctionDefinition> functions = new NamedObjects<>();

    @Override
    public @Nullable StreamDefinition stream(String name) {
        return streams.find(name);
    }

    @Override
    public @Nullable TableDefinition table(String name) {
        return tables.find(name);
    }

    @Override
    public Collection<TableDefinition> tables() {
        return tables.values();
    }

    @Override
    public @Nullable ExternalTable externalTable(String nameOrUrl) {
        return externalTables.find(nameOrUrl);
    }

    @Override
    public Collection<ExternalTable> externalTables() {
        return externalTables.values();
    }

    @Override
    public @Nullable ViewDefinition view(String name) {
        return views.find(name);
    }

    @Override
    public @Nullable StoredQuery storedQuery(String name) {
        return storedQueries.find(name);
    }

    @Override
    public Collection<StoredQuery> storedQueries() {
        return storedQueries.values();
    }

    /** Returns what a view of this exact name is to be; null where there is none. */
    @Nullable
    ViewDefinition meantView(String name) {
        ViewDefinition meant = meantViews.get(name);
        return meant == null ? views.exact(name) : meant;
    }

    /** Shows a view that can be asked, as it was meant to be. */
    void show(ViewDefinition view) {
        views.put(view.name(), view);
        meantViews.remove(view.name(), view);
    }

    @Override
    public @Nullable PumpDefinition pump(String name) {
        return pumps.find(name);
    }

    @Override
    public @Nullable DeliveryDefinition delivery(String name) {
        return deliveries.find(name);
    }

    @Override
    public @Nullable FunctionDefinition function(String name) {
        return functions.find(name);
    }

    @Override
    public Collection<FunctionDefinition> functions() {
        return functions.values();
    }

    @Override
    public Collection<StreamDefinition> streams() {
        return streams.values();
    }

    @Override
    public Collection<ViewDefinition> views() {
        return views.values();
    }

    @Override
    public Collection<PumpDefinition> pumps() {
        return pumps.values();
    }

    @Override
    public Collection<DeliveryDefinition> deliveries() {
        return deliveries.values();
    }
}
