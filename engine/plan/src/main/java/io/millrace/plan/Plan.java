package io.millrace.plan;

import io.millrace.spi.type.DataType.RowType;

/**
 * A whole query.
 *
 * @param root the operator whose rows are the answer
 * @param endless whether it goes on with what arrives ({@code SELECT STREAM}) and not ends with what is
 *     retained
 * @param rowtimeColumn column of the answer that is its ROWTIME, or -1 where it has none
 */
public record Plan(PlanNode root, boolean endless, int rowtimeColumn) {

    public RowType rowType() {
        return root.rowType();
    }

    /** Returns whether the node may put out rows with a weight of −1. */
    public static boolean updating(PlanNode node) {
        return (node instanceof PlanNode.Aggregate aggregate && aggregate.closing() == null)
                || node.inputs().stream().anyMatch(Plan::updating);
    }
}
