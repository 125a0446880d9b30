package io.millrace.plan;

import io.millrace.spi.type.DataType.RowType;

/**
 * A whole query.
 *
 * @param root the operator whose rows are the answer
 * @param endless whether it goes on with what arrives ({@code SELECT STREAM}) and not ends with what is
 *     retained
 * @param rowtimeColumn column of the answer that is its ROWTIME, or -1 where it has none
 * @param ttl after how much time without rows groups, rows of joins and partitions may be forgotten that nothing else frees
 */
public record Plan(PlanNode root, boolean endless, int rowtimeColumn, StateTtl ttl) {

    /** A plan that forgets nothing but what time frees. */
    public Plan(PlanNode root, boolean endless, int rowtimeColumn) {
        this(root, endless, rowtimeColumn, StateTtl.NONE);
    }

    public RowType rowType() {
        return root.rowType();
    }

    /** Returns whether the node may put out rows with a weight of −1. */
    public static boolean updating(PlanNode node) {
        return switch (node) {
            case PlanNode.Changes changes -> false;
            case PlanNode.Join join when lookedUp(join.left()) -> updating(join.right());
            case PlanNode.Join join when lookedUp(join.right()) -> updating(join.left());
            // What changes on the right afterwards changes nothing.
            case PlanNode.Join join when join.asOf() != null -> updating(join.left());
            default -> updates(node) || node.inputs().stream().anyMatch(Plan::updating);
        };
    }

    /** Returns whether the rows of a node are looked up only: all that it reads is {@link Rowtime.Present}, or asked for. */
    public static boolean lookedUp(PlanNode node) {
        return node instanceof PlanNode.Scan scan
                ? scan.rowtime() instanceof Rowtime.Present || scan.rowtime() instanceof Rowtime.Asked
                : !node.inputs().isEmpty() && node.inputs().stream().allMatch(Plan::lookedUp);
    }

    /** Returns whether the node may take back rows of an endless query though its inputs never do. */
    public static boolean updates(PlanNode node) {
        return switch (node) {
            // What DISTINCT has given it gives once.
            case PlanNode.Aggregate aggregate ->
                aggregate.closing() == null
                        ? aggregate.keys().isEmpty() || !aggregate.aggregates().isEmpty()
                        : aggregate.closing().emission().early();
            case PlanNode.WindowAggregate aggregate -> aggregate.emission().early();
            case PlanNode.Join join -> updates(join);
            case PlanNode.TopN top -> top.timeColumn() < 0;
            case PlanNode.Scan scan -> scan.rowtime() instanceof Rowtime.Changing changing && changing.updating();
            default -> false;
        };
    }

    private static boolean updates(PlanNode.Join join) {
        if (join.asOf() != null || lookedUp(join.left()) || lookedUp(join.right())) {
            return false;
        }
        return switch (join.type()) {
            case INNER, SEMI -> false;
            case LEFT, ANTI -> !join.freesLeft();
            case RIGHT -> !join.freesRight();
            case FULL -> !join.freesLeft() || !join.freesRight();
        };
    }
}
