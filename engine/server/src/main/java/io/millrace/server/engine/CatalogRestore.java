package io.millrace.server.engine;

import io.millrace.spi.error.MillraceException;
import io.millrace.sql.SqlPlanner;
import io.millrace.sql.statement.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Puts the entries of the catalog in place again, in their order. What was replaced keeps its place and may read what was
 * created later: an entry that cannot be planned yet waits for the others.
 */
final class CatalogRestore {

    private final SqlPlanner planner;
    private final Definitions definitions;

    CatalogRestore(SqlPlanner planner, Definitions definitions) {
        this.planner = planner;
        this.definitions = definitions;
    }

    /** @throws MillraceException what is wrong with the first entry that cannot be restored */
    void restore(List<CatalogEntry> entries) {
        List<CatalogEntry> left = entries;
        while (!left.isEmpty()) {
            left = restoreSome(left);
        }
    }

    /** Restores all that can be, and returns the others. */
    private List<CatalogEntry> restoreSome(List<CatalogEntry> entries) {
        List<CatalogEntry> waiting = new ArrayList<>();
        MillraceException first = null;
        for (CatalogEntry entry : entries) {
            Statement statement;
            try {
                statement = planner.plan(entry.sql(), List.of()).statement();
            } catch (MillraceException e) {
                first = first == null ? failed(entry, e) : first;
                waiting.add(entry);
                continue;
            }
            restore(statement, entry);
        }
        refuseStandstill(entries, waiting, first);
        return waiting;
    }

    private static void refuseStandstill(
            List<CatalogEntry> before, List<CatalogEntry> after, @Nullable MillraceException reason) {
        if (reason != null && after.size() == before.size()) {
            throw reason;
        }
    }

    private void restore(Statement statement, CatalogEntry entry) {
        try {
            definitions.restore(statement, entry);
        } catch (MillraceException e) {
            throw failed(entry, e);
        }
    }

    private static MillraceException failed(CatalogEntry entry, MillraceException reason) {
        return new MillraceException(
                reason.code(),
                "the catalog's " + entry.kind().name().toLowerCase(Locale.ROOT) + " '" + entry.name()
                        + "' cannot be restored: " + reason.describe(),
                reason.hint(),
                reason);
    }
}
