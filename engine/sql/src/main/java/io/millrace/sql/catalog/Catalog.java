package io.millrace.sql.catalog;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What exists, as a planner sees it. Names are found whatever their case. Safe for use by several threads. */
public interface Catalog {

    @Nullable
    StreamDefinition stream(String name);

    @Nullable
    ViewDefinition view(String name);

    @Nullable
    PumpDefinition pump(String name);

    @Nullable
    DeliveryDefinition delivery(String name);

    /** Returns a table; streams, views and tables share their names. */
    default @Nullable TableDefinition table(String name) {
        return null;
    }

    /** Returns all tables by name. */
    default Collection<TableDefinition> tables() {
        return List.of();
    }

    /**
     * Returns files that are read as a table: those of a name, or those that a URL names.
     *
     * @throws io.millrace.spi.error.MillraceException where there is a URL and its files cannot be read as one
     */
    default @Nullable ExternalTable externalTable(String nameOrUrl) {
        return null;
    }

    /** Returns all external tables by name. */
    default Collection<ExternalTable> externalTables() {
        return List.of();
    }

    /** Returns a view that stands for its query; streams, tables and views of all kinds share their names. */
    default @Nullable StoredQuery storedQuery(String name) {
        return null;
    }

    /** Returns all views that stand for their queries, by name. */
    default Collection<StoredQuery> storedQueries() {
        return List.of();
    }

    /** Returns a function that a user made; what is built in is not of the catalog. */
    default @Nullable FunctionDefinition function(String name) {
        return null;
    }

    default Collection<FunctionDefinition> functions() {
        return List.of();
    }

    /** Returns all streams by name; likewise the next three. */
    Collection<StreamDefinition> streams();

    Collection<ViewDefinition> views();

    Collection<PumpDefinition> pumps();

    Collection<DeliveryDefinition> deliveries();
}
