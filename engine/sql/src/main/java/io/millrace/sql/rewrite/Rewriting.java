package io.millrace.sql.rewrite;

import io.millrace.plan.Emission;
import io.millrace.plan.PlanNode;

/** All rules, in their order. */
public final class Rewriting {

    private Rewriting() {}

    /**
     * Returns a better tree with the same answer and columns, every node named.
     *
     * @param rowtime whether one of its columns is used as the rows' ROWTIME
     * @param emission when the groups that time completes are put out
     */
    public static PlanNode apply(PlanNode root, boolean rowtime, Emission emission) {
        PlanNode simple = Simplify.apply(FormJoins.apply(Simplify.apply(root)));
        PlanNode windowed = Simplify.apply(FormWindows.apply(simple, emission));
        PlanNode pruned = Simplify.apply(PruneColumns.apply(windowed));
        return NodeIds.assign(ScanTimes.apply(pruned, rowtime));
    }
}
