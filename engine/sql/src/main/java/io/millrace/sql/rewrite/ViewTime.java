package io.millrace.sql.rewrite;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.spi.connector.SystemColumns;

/**
 * The time of a materialized view, which it has where its rows stay and one of its columns is their ROWTIME: the view's
 * operators then have a bound for that column, below which no row follows, and the view passes it on. Of rows that are
 * taken back nothing can be promised, as one may go whose time has long passed.
 */
public final class ViewTime {

    private static final int NONE = -1;

    private ViewTime() {}

    /** Returns the first column of a view's rows that is their ROWTIME, or −1. */
    public static int column(PlanNode root) {
        if (Plan.updating(root)) {
            return NONE;
        }
        for (int column = 0; column < root.rowType().size(); column++) {
            if (SystemColumns.ROWTIME.type().equals(root.rowType().field(column).type())
                    && Lineage.isRowtime(root, column)) {
                return column;
            }
        }
        return NONE;
    }

    /** Returns the operators in their final form, with scans that know of their time where the view has one. */
    public static PlanNode marked(PlanNode root) {
        return ScanTimes.apply(root, column(root) != NONE);
    }
}
