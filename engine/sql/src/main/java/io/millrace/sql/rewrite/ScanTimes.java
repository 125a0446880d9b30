package io.millrace.sql.rewrite;

import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Aggregate;
import io.millrace.plan.PlanNode.Join;
import io.millrace.plan.PlanNode.Match;
import io.millrace.plan.PlanNode.Over;
import io.millrace.plan.PlanNode.Scan;
import io.millrace.plan.PlanNode.TopN;
import io.millrace.plan.PlanNode.Window;
import io.millrace.plan.PlanNode.WindowAggregate;
import io.millrace.plan.WindowSpec;
import io.millrace.spi.connector.SystemColumns;

/** Tells scans which column is ROWTIME, where something above hangs on time. */
final class ScanTimes {

    private ScanTimes() {}

    static PlanNode apply(PlanNode root, boolean wanted) {
        return wanted || timed(root) ? mark(root) : root;
    }

    private static boolean timed(PlanNode node) {
        return node instanceof WindowAggregate
                || (node instanceof Window window && window.window() instanceof WindowSpec.Session)
                || node instanceof Over
                || (node instanceof TopN top && top.timeColumn() >= 0)
                || node instanceof Match
                || (node instanceof Aggregate aggregate && aggregate.closing() != null)
                || (node instanceof Join join && (!join.times().isEmpty() || join.asOf() != null))
                || node.inputs().stream().anyMatch(ScanTimes::timed);
    }

    private static PlanNode mark(PlanNode node) {
        if (node instanceof Scan scan) {
            return new Scan(scan.id(), scan.stream(), scan.rowType(), column(scan), scan.rowtime());
        }
        return Nodes.withInputs(
                node, node.inputs().stream().map(ScanTimes::mark).toList());
    }

    private static int column(Scan scan) {
        int rowtime = scan.rowType().indexOf(SystemColumns.ROWTIME.name());
        if (rowtime >= 0 && Lineage.isRowtime(scan, rowtime)) {
            return rowtime;
        }
        for (int i = 0; i < scan.rowType().size(); i++) {
            if (Lineage.isRowtime(scan, i)) {
                return i;
            }
        }
        return -1;
    }
}
