package io.millrace.server.engine;

import io.millrace.plan.Plan;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.sql.catalog.ViewDefinition;
import java.util.HashSet;
import java.util.Set;

/** What {@code CREATE OR REPLACE MATERIALIZED VIEW} does to those who follow a view that is there. */
final class ViewChange {

    private ViewChange() {}

    /**
     * Returns whether those who follow the view can follow the new one: they are told which rows go and which come, so they
     * must take rows that are taken back, and know the columns.
     */
    static boolean canBeFollowed(ViewDefinition before, ViewDefinition after) {
        return before.columns().equals(after.columns())
                && Plan.updating(before.plan().root())
                && Plan.updating(after.plan().root());
    }

    /**
     * Refuses a view that would read what it holds.
     *
     * @throws MillraceException {@code WRONG_STATE}
     */
    static void refuseCycle(LiveCatalog catalog, ViewDefinition after) {
        Set<String> seen = new HashSet<>();
        if (reads(catalog, after, after.name(), seen)) {
            throw new MillraceException(
                    ErrorCode.WRONG_STATE,
                    "materialized view '" + after.name() + "' would read itself"
                            + (seen.isEmpty() ? "" : " by way of " + String.join(", ", seen)),
                    "create a view of another name");
        }
    }

    private static boolean reads(LiveCatalog catalog, ViewDefinition view, String name, Set<String> seen) {
        for (String read : CatalogUses.streamsOf(view.plan())) {
            if (read.equalsIgnoreCase(name)) {
                return true;
            }
            ViewDefinition below = catalog.meantView(read);
            if (below != null && seen.add(read)) {
                if (reads(catalog, below, name, seen)) {
                    return true;
                }
                seen.remove(read);
            }
        }
        return false;
    }
}
