package io.millrace.server.engine;

import io.millrace.server.table.Tables;
import io.millrace.sql.CreateText;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.catalog.TableDefinition;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.util.function.UnaryOperator;

/** Carries out what creates tables and external tables. */
final class TableDefinitions {

    private final LiveCatalog catalog;
    private final CatalogEntries entries;
    private final CatalogRecord record;
    private final Tables tables;
    private final Running running;
    private final CatalogNames names;
    private final CatalogUses uses;

    TableDefinitions(
            LiveCatalog catalog,
            CatalogEntries entries,
            CatalogRecord record,
            Tables tables,
            Running running,
            CatalogNames names,
            CatalogUses uses) {
        this.catalog = catalog;
        this.entries = entries;
        this.record = record;
        this.tables = tables;
        this.running = running;
        this.names = names;
        this.uses = uses;
    }

    String create(Statement.CreateTable statement) {
        return record.alone(() -> createAlone(statement));
    }

    private String createAlone(Statement.CreateTable statement) {
        TableDefinition table = statement.table();
        TableDefinition before = catalog.table(table.name());
        if (before != null && statement.ifNotExists()) {
            return "CREATE TABLE";
        }
        names.refuseTaken(table.name());
        record.settle();
        CatalogEntry entry = entries.beginCreate(ObjectKind.TABLE, table.name(), CreateText.of(table));
        try {
            tables.create(table.name(), entry.created(), table.columns(), table.key());
            entries.finish(entry);
        } catch (RuntimeException e) {
            tables.retire(table.name());
            record.settleOrLater(entry);
            throw e;
        }
        catalog.tables.put(table.name(), table);
        return "CREATE TABLE";
    }

    /** @param define gives what the table is to be, with its columns; other statements do not wait for it */
    String create(Statement.CreateExternalTable statement, UnaryOperator<ExternalTable> define) {
        if (!record.alone(() -> suffices(statement))) {
            ExternalTable table = define.apply(statement.table());
            record.alone(() -> create(statement, table));
        }
        return "CREATE EXTERNAL TABLE";
    }

    /** Returns whether what is there will do; fails where it may not be replaced. */
    private boolean suffices(Statement.CreateExternalTable statement) {
        ExternalTable before = catalog.externalTable(statement.table().name());
        if (before != null && statement.ifNotExists()) {
            return true;
        }
        if (before != null && !statement.orReplace()) {
            throw CatalogNames.taken("external table", before.name(), "use CREATE OR REPLACE EXTERNAL TABLE");
        }
        if (before == null) {
            names.refuseTaken(statement.table().name());
        }
        return false;
    }

    private void create(Statement.CreateExternalTable statement, ExternalTable table) {
        if (suffices(statement)) {
            return;
        }
        ExternalTable before = catalog.externalTable(table.name());
        boolean watched = table.watched() || (before != null && before.watched());
        if (before != null && (watched || !before.columns().equals(table.columns()))) {
            uses.refuseUsed("external table", before.name(), watched ? "replaced" : "given other columns");
        }
        String forerunner = before == null ? null : before.name();
        CatalogEntry entry =
                record.put(ObjectKind.EXTERNAL_TABLE, forerunner, table.name(), true, CreateText.of(table));
        catalog.externalTables.put(table.name(), table);
        running.tables().exists(table, entry);
        running.tables().start(table, entry);
    }
}
