package io.millrace.server.engine;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.Rowtime;
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
     * Refuses what would follow a view that is being replaced by one which those who know the old one cannot follow, or that
     * was since the statement was planned.
     *
     * @throws MillraceException {@code WRONG_STATE}
     */
    static void refuseChanging(LiveCatalog catalog, Plan plan) {
        if (plan.endless()) {
            refuseChanging(catalog, plan.root());
        }
    }

    private static void refuseChanging(LiveCatalog catalog, PlanNode node) {
        if (node instanceof PlanNode.Scan scan) {
            ViewDefinition shown = catalog.views.exact(scan.stream());
            ViewDefinition meant = catalog.meantViews.get(scan.stream());
            if (shown != null && !isOf(scan, shown)) {
                throw new MillraceException(
                        ErrorCode.WRONG_STATE,
                        "materialized view '" + shown.name() + "' was replaced while the statement was made",
                        "give the statement again");
            }
            if (shown != null && meant != null && !canBeFollowed(shown, meant)) {
                throw new MillraceException(
                        ErrorCode.WRONG_STATE,
                        "materialized view '" + shown.name() + "' is being replaced by another, and who follows the one"
                                + " that is there could not follow that",
                        "give the statement again when CREATE OR REPLACE MATERIALIZED VIEW has returned; the view is"
                                + " then "
                                + meant.columns());
            }
        }
        node.inputs().forEach(input -> refuseChanging(catalog, input));
    }

    private static boolean isOf(PlanNode.Scan scan, ViewDefinition view) {
        boolean rowsAsPlanned =
                !(scan.rowtime() instanceof Rowtime.Changing changing) || changing.equals(view.changes());
        return rowsAsPlanned
                && view.columns().fields().containsAll(scan.rowType().fields());
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
