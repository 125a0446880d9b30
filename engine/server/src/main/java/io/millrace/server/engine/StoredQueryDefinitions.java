package io.millrace.server.engine;

import io.millrace.sql.CreateText;
import io.millrace.sql.catalog.StoredQuery;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.statement.Statement.ObjectKind;

/** Carries out what creates and changes views that stand for their queries. Nothing of them runs. */
final class StoredQueryDefinitions {

    private final LiveCatalog catalog;
    private final CatalogEntries entries;
    private final CatalogRecord record;
    private final CatalogNames names;
    private final CatalogUses uses;

    StoredQueryDefinitions(
            LiveCatalog catalog, CatalogEntries entries, CatalogRecord record, CatalogNames names, CatalogUses uses) {
        this.catalog = catalog;
        this.entries = entries;
        this.record = record;
        this.names = names;
        this.uses = uses;
    }

    String create(Statement.CreateStoredQuery statement) {
        return record.alone(() -> createAlone(statement));
    }

    private String createAlone(Statement.CreateStoredQuery statement) {
        StoredQuery view = statement.view();
        StoredQuery before = catalog.storedQuery(view.name());
        if (before != null && statement.ifNotExists()) {
            return "CREATE VIEW";
        }
        if (before != null && !statement.orReplace()) {
            throw CatalogNames.taken("view", before.name(), "use CREATE OR REPLACE VIEW");
        }
        names.requireRelations(view.relations());
        if (before != null) {
            replace(before, view.named(before.name()));
            return "CREATE VIEW";
        }
        names.refuseTaken(view.name());
        record.put(ObjectKind.STORED_QUERY, null, view.name(), false, CreateText.of(view));
        catalog.storedQueries.put(view.name(), view);
        return "CREATE VIEW";
    }

    /** What runs keeps the query that it was created with; what stands for its query follows, so its columns must be there. */
    private void replace(StoredQuery before, StoredQuery after) {
        uses.refuseRunningOver(before.name(), "changed");
        if (!before.columns().equals(after.columns())) {
            uses.refuseNamed(before.name(), "given other columns");
        }
        record.settle();
        entries.replace(ObjectKind.STORED_QUERY, before.name(), CreateText.of(after));
        catalog.storedQueries.put(before.name(), after);
    }
}
