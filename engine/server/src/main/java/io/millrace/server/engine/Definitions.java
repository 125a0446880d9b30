package io.millrace.server.engine;

import io.millrace.server.engine.CatalogEntry.Change;
import io.millrace.server.table.Tables;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.sql.CreateText;
import io.millrace.sql.SqlPlanner;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.catalog.TableDefinition;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.util.Objects;

/**
 * Carries out what creates, changes and drops things: the catalog on disk, the catalog in memory, and what runs
 * change together. One statement at a time, but for what another system is asked before.
 */
final class Definitions {

    private final LiveCatalog catalog;
    private final CatalogEntries entries;
    private final StreamLogs logs;
    private final Tables tables;
    private final Running running;
    private final UserFunctions functions;
    private final CatalogNames names;
    private final CatalogUses uses;
    private final CatalogRecord record;
    private final StreamDefinitions ofStreams;
    private final TableDefinitions ofTables;
    private final PumpDefinitions ofPumps;
    private final ViewDefinitions ofViews;
    private final StoredQueryDefinitions ofStoredQueries;
    private final DeliveryDefinitions ofDeliveries;

    Definitions(
            LiveCatalog catalog,
            CatalogEntries entries,
            EngineStreams streams,
            StreamLogs logs,
            Tables tables,
            Running running,
            UserFunctions functions,
            SqlPlanner planner) {
        this.catalog = catalog;
        this.entries = entries;
        this.logs = logs;
        this.tables = tables;
        this.running = running;
        this.functions = functions;
        this.names = new CatalogNames(catalog);
        this.uses = new CatalogUses(catalog, entries, planner);
        this.record = new CatalogRecord(catalog, entries, logs, tables, running);
        this.ofStreams = new StreamDefinitions(catalog, entries, record, streams, logs, names, uses);
        this.ofTables = new TableDefinitions(catalog, entries, record, tables, running, names, uses);
        this.ofPumps = new PumpDefinitions(catalog, entries, record, running);
        this.ofViews = new ViewDefinitions(catalog, entries, record, running, names, uses);
        this.ofStoredQueries = new StoredQueryDefinitions(catalog, entries, record, names, uses);
        this.ofDeliveries = new DeliveryDefinitions(catalog, entries, record, running);
    }

    StreamDefinitions streams() {
        return ofStreams;
    }

    TableDefinitions tables() {
        return ofTables;
    }

    PumpDefinitions pumps() {
        return ofPumps;
    }

    ViewDefinitions views() {
        return ofViews;
    }

    StoredQueryDefinitions storedQueries() {
        return ofStoredQueries;
    }

    DeliveryDefinitions deliveries() {
        return ofDeliveries;
    }

    /** Takes back what was half created and ends what was half dropped, now and in earlier lives. */
    void settle() {
        record.alone(record::settle);
    }

    /** Creates a function; one in Java only for those who may. */
    String create(Statement.CreateFunction statement, String user) {
        return record.alone(() -> createAlone(statement, user));
    }

    private String createAlone(Statement.CreateFunction statement, String user) {
        String name = statement.source().name();
        FunctionDefinition before = catalog.function(name);
        if (before != null && statement.ifNotExists()) {
            return "CREATE FUNCTION";
        }
        if (before != null && !statement.orReplace()) {
            throw CatalogNames.taken("function", before.name(), "use CREATE OR REPLACE FUNCTION");
        }
        if (before != null) {
            uses.refuseCalled(before.name(), "changed");
        }
        try {
            FunctionDefinition function = functions.define(statement.source(), user);
            if (function.code() instanceof FunctionDefinition.OfRows rows) {
                names.requireRelations(rows.relations());
            }
            record.put(ObjectKind.FUNCTION, before == null ? null : before.name(), name, true, CreateText.of(function));
            catalog.functions.put(name, function);
        } finally {
            functions.tidy(catalog);
        }
        return "CREATE FUNCTION";
    }

    String drop(Statement.Drop statement) {
        return record.alone(() -> dropAlone(statement));
    }

    private String dropAlone(Statement.Drop statement) {
        String name = names.exact(statement.kind(), statement.name());
        if (name == null) {
            if (statement.ifExists()) {
                return "DROP " + CatalogNames.word(statement.kind()).toUpperCase(java.util.Locale.ROOT);
            }
            throw CatalogNames.missing(CatalogNames.word(statement.kind()), statement.name());
        }
        if (statement.kind() == ObjectKind.STREAM) {
            CatalogNames.refuseBuiltIn(name);
            uses.refuseUsed("stream", name, "dropped");
        } else if (statement.kind() == ObjectKind.TABLE) {
            uses.refuseUsed("table", name, "dropped");
        } else if (statement.kind() == ObjectKind.EXTERNAL_TABLE) {
            uses.refuseUsed("external table", name, "dropped");
        } else if (statement.kind() == ObjectKind.VIEW) {
            uses.refuseUsed("materialized view", name, "dropped");
        } else if (statement.kind() == ObjectKind.STORED_QUERY) {
            uses.refuseNamed(name, "dropped");
        } else if (statement.kind() == ObjectKind.FUNCTION) {
            uses.refuseCalled(name, "dropped");
        }
        record.drop(statement.kind(), name);
        if (statement.kind() == ObjectKind.FUNCTION) {
            functions.tidy(catalog);
        }
        return "DROP " + CatalogNames.word(statement.kind()).toUpperCase(java.util.Locale.ROOT);
    }

    /** Puts what was created in earlier runs in place again; called once, at the start. */
    void restore(Statement statement, CatalogEntry entry) {
        record.alone(() -> restoreAlone(statement, entry));
    }

    private void restoreAlone(Statement statement, CatalogEntry entry) {
        switch (statement) {
            case Statement.CreateStream stream -> {
                catalog.streams.put(entry.name(), stream.stream());
                if (entry.change() == Change.ALTERING) {
                    logs.alter(stream.stream());
                    entries.finish(entry);
                }
            }
            case Statement.CreateTable table -> {
                TableDefinition definition = table.table();
                catalog.tables.put(entry.name(), definition);
                tables.open(entry.name(), entry.created(), definition.columns(), definition.key());
            }
            case Statement.CreateExternalTable table -> {
                catalog.externalTables.put(entry.name(), table.table());
                running.tables().exists(table.table(), entry);
            }
            case Statement.CreatePump pump -> {
                catalog.pumps.put(entry.name(), pump.pump());
                running.pumps().exists(pump.pump(), entry);
            }
            case Statement.CreateView view -> {
                catalog.views.put(entry.name(), view.view());
                running.views().exists(view.view(), entry);
            }
            case Statement.CreateStoredQuery view -> catalog.storedQueries.put(entry.name(), view.view());
            case Statement.CreateFunction function ->
                catalog.functions.put(entry.name(), functions.restore(function.source()));
            case Statement.CreateDelivery delivery -> {
                catalog.deliveries.put(entry.name(), delivery.delivery());
                running.deliveries().exists(delivery.delivery(), entry);
            }
            default ->
                throw new MillraceException(
                        ErrorCode.DATA_CORRUPTED, "the catalog holds a statement that creates nothing: " + entry.sql());
        }
    }

    /** Starts what is meant to run; called once, when all is restored. */
    void startAll() {
        record.alone(() -> startAllAlone());
    }

    private void startAllAlone() {
        functions.tidy(catalog);
        for (CatalogEntry entry : entries.all()) {
            switch (entry.kind()) {
                case PUMP -> {
                    PumpDefinition pump = catalog.pumps.exact(entry.name());
                    if (pump != null && entry.running()) {
                        running.pumps().start(pump, entry);
                    }
                }
                case VIEW -> running.views().start(Objects.requireNonNull(catalog.views.exact(entry.name())), entry);
                case DELIVERY ->
                    running.deliveries().start(Objects.requireNonNull(catalog.deliveries.exact(entry.name())), entry);
                case EXTERNAL_TABLE ->
                    running.tables().start(Objects.requireNonNull(catalog.externalTables.exact(entry.name())), entry);
                case STREAM, TABLE, FUNCTION, STORED_QUERY -> {}
            }
        }
        entries.all().forEach(entry -> running.awaitOpened(entry.kind(), entry.name()));
    }
}
