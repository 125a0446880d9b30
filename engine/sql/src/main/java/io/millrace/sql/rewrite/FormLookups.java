package io.millrace.sql.rewrite;

import io.millrace.plan.AskedRows;
import io.millrace.plan.JoinType;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Join;
import io.millrace.plan.PlanNode.Scan;
import io.millrace.plan.Rowtime;

/**
 * Joins of rows that come with a table, in a query whose rows are to stay: each row meets the table as it is in the step
 * that it comes in.
 */
public final class FormLookups {

    private FormLookups() {}

    /** Returns the tree with tables that are looked up, where a join lets them be. */
    public static PlanNode apply(PlanNode root) {
        PlanNode node = Nodes.withInputs(
                root, root.inputs().stream().map(FormLookups::apply).toList());
        return node instanceof Join join ? formed(join) : node;
    }

    private static PlanNode formed(Join join) {
        if (join.asOf() != null || kept(join.left()) == kept(join.right())) {
            return join;
        }
        if (AskedRows.scan(join.left()) != null) {
            return join;
        }
        boolean left = kept(join.left());
        JoinType type = join.type();
        boolean fits = left
                ? type == JoinType.INNER || type == JoinType.RIGHT
                : type != JoinType.RIGHT && type != JoinType.FULL;
        if (!fits || Plan.updating(left ? join.right() : join.left())) {
            return join;
        }
        return Nodes.join(
                join,
                left ? lookedUp(join.left()) : join.left(),
                left ? join.right() : lookedUp(join.right()),
                join.keys(),
                join.condition(),
                join.times());
    }

    /** Returns whether all that a node reads is kept, and it reads something. */
    private static boolean kept(PlanNode node) {
        return node instanceof Scan scan
                ? (scan.rowtime() instanceof Rowtime.Changing changing && changing.updating())
                        || (scan.rowtime() instanceof Rowtime.Asked asked && !asked.lookedUp())
                : !node.inputs().isEmpty() && node.inputs().stream().allMatch(FormLookups::kept);
    }

    /** Returns a node that reads tables and views alone, as they are in each step. */
    public static PlanNode lookedUp(PlanNode node) {
        return node instanceof Scan scan
                ? new Scan(scan.id(), scan.stream(), scan.rowType(), -1, present(scan.rowtime()))
                : Nodes.withInputs(
                        node, node.inputs().stream().map(FormLookups::lookedUp).toList());
    }

    private static Rowtime present(Rowtime rowtime) {
        return rowtime instanceof Rowtime.Asked ? new Rowtime.Asked(true) : new Rowtime.Present();
    }
}
