package io.millrace.sql.define;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Window;
import io.millrace.plan.PlanNode.WindowAggregate;
import io.millrace.plan.Rowtime;
import io.millrace.plan.WindowSpec;
import io.millrace.sql.error.SqlErrors;
import org.apache.calcite.sql.SqlNode;

/** Sessions in a query that never ends: it must become known when one has ended, and no row of it may go. */
final class EndlessSessions {

    private EndlessSessions() {}

    static void check(PlanNode node, SqlNode query) {
        if (isSession(node)) {
            PlanNode input = node.inputs().getFirst();
            if (Plan.updating(input) || !timed(input)) {
                throw SqlErrors.unsupported(
                        "SESSION of rows that change, or of a view that has no time that goes on, is not supported"
                                + " in a query that goes on: nobody knows when a session has ended",
                        "use SESSION on the stream that they are made of and group above it, or TUMBLE, HOP or"
                                + " CUMULATE, whose windows follow what changes",
                        query.getParserPosition());
            }
        }
        node.inputs().forEach(input -> check(input, query));
    }

    private static boolean isSession(PlanNode node) {
        return (node instanceof Window window && window.window() instanceof WindowSpec.Session)
                || (node instanceof WindowAggregate aggregate && aggregate.window() instanceof WindowSpec.Session);
    }

    /** Returns whether rows come from somewhere that says how far their time is. */
    private static boolean timed(PlanNode node) {
        return node instanceof PlanNode.Scan scan
                ? scan.rowtime() instanceof Rowtime.Arrival
                        || scan.rowtime() instanceof Rowtime.EventTime
                        || (scan.rowtime() instanceof Rowtime.Changing changing && changing.time() != null)
                : node.inputs().stream().anyMatch(EndlessSessions::timed) || node instanceof PlanNode.Values;
    }
}
