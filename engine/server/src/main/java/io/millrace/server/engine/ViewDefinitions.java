package io.millrace.server.engine;

import io.millrace.spi.error.MillraceException;
import io.millrace.sql.CreateText;
import io.millrace.sql.catalog.ViewDefinition;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Carries out what creates and changes materialized views. */
final class ViewDefinitions {

    private static final Logger LOG = Logger.getLogger(ViewDefinitions.class.getName());

    private final LiveCatalog catalog;
    private final CatalogEntries entries;
    private final CatalogRecord record;
    private final Running running;
    private final CatalogNames names;
    private final CatalogUses uses;

    ViewDefinitions(
            LiveCatalog catalog,
            CatalogEntries entries,
            CatalogRecord record,
            Running running,
            CatalogNames names,
            CatalogUses uses) {
        this.catalog = catalog;
        this.entries = entries;
        this.record = record;
        this.running = running;
        this.names = names;
        this.uses = uses;
    }

    /**
     * Creates a view and waits until it is filled, or fails; the latter is added to the notices, since it is tried again.
     *
     * @param underWay the statement: where it is cancelled, the view is there and goes on filling
     */
    String create(Statement.CreateView statement, UnderWay underWay, List<String> notices) {
        if (record.alone(() -> begin(statement))) {
            String name = statement.view().name();
            running.awaitOpened(ObjectKind.VIEW, name);
            running.views().awaitFilled(name, underWay);
            String state = running.state(ObjectKind.VIEW, name);
            if (state.startsWith(Running.FAILING)) {
                notices.add("view '" + name + "' is " + state);
            }
        }
        return "CREATE MATERIALIZED VIEW";
    }

    /** Returns whether the view is made, and not there already. */
    private boolean begin(Statement.CreateView statement) {
        ViewDefinition view = statement.view();
        ViewDefinition before = catalog.view(view.name());
        if (before != null && statement.ifNotExists()) {
            return false;
        }
        if (before != null && !statement.orReplace()) {
            throw CatalogNames.taken("materialized view", before.name(), "use CREATE OR REPLACE MATERIALIZED VIEW");
        }
        ViewChange.refuseChanging(catalog, view.plan());
        if (before != null) {
            ViewDefinition meant = catalog.meantViews.getOrDefault(before.name(), before);
            replace(meant, view.named(before.name()));
            return true;
        }
        names.refuseTaken(view.name());
        CatalogEntry entry = record.put(ObjectKind.VIEW, null, view.name(), true, CreateText.of(view));
        catalog.views.put(view.name(), view);
        running.views().exists(view, entry);
        running.views().startNew(view, entry);
        return true;
    }

    /**
     * The view keeps its place, so that the catalog's one word decides which query it has: whoever opens its state with
     * another query makes the content anew. Until then the old one is what is read.
     */
    private void replace(ViewDefinition before, ViewDefinition after) {
        ViewChange.refuseCycle(catalog, after);
        boolean sameLog = ViewChange.canBeFollowed(before, after);
        if (!sameLog) {
            uses.refuseUsed("materialized view", before.name(), "changed");
        }
        record.settle();
        CatalogEntry entry = entries.require(ObjectKind.VIEW, before.name());
        if (!paused(before, entry)) {
            createAnew(before, after);
            return;
        }
        ViewDefinition current = before;
        try {
            entry = entries.replace(ObjectKind.VIEW, before.name(), CreateText.of(after), true);
            catalog.meantViews.put(after.name(), after);
            current = after;
            running.views().exchange(before, after, entry, sameLog);
        } finally {
            ViewDefinition shown = current;
            running.views().start(current, entry, () -> catalog.show(shown));
        }
    }

    /** Returns whether the view came to a stop with nothing left to do: one that fails over a row does not. */
    private boolean paused(ViewDefinition view, CatalogEntry entry) {
        try {
            running.views().pause(view, entry);
            return true;
        } catch (MillraceException e) {
            LOG.log(Level.INFO, "view '" + view.name() + "' is made anew: " + e.describe());
            return false;
        } catch (RuntimeException | Error e) {
            start(view);
            throw e;
        }
    }

    /** Has a view go on that was stopped. */
    private void start(ViewDefinition view) {
        running.views().start(view, entries.require(ObjectKind.VIEW, view.name()), () -> catalog.show(view));
    }

    private void createAnew(ViewDefinition before, ViewDefinition after) {
        try {
            uses.refuseUsed("materialized view", before.name(), "changed while it fails");
        } catch (MillraceException e) {
            start(before);
            throw e;
        }
        CatalogEntry entry = record.put(ObjectKind.VIEW, before.name(), after.name(), true, CreateText.of(after));
        catalog.views.put(after.name(), after);
        running.views().exists(after, entry);
        running.views().startNew(after, entry);
    }
}
