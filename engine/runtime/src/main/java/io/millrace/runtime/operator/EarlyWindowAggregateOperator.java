package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;

/** Aggregates by window and puts out every change of a window's row, until the window takes no rows any more. */
final class EarlyWindowAggregateOperator extends EarlyPanes {

    private final WindowGrid grid;
    private final int timeColumn;
    private final long lateness;
    private final String window;

    EarlyWindowAggregateOperator(
            PlanNode.WindowAggregate node, Operator input, boolean updating, ExpressionEngine engine, String origin) {
        super(
                node.id(),
                node.rowType(),
                input,
                node.timeColumn(),
                node.keys(),
                node.aggregates(),
                updating,
                engine,
                origin);
        this.grid = WindowGrid.of(node.window());
        this.timeColumn = node.timeColumn();
        this.lateness = node.emission().latenessMicros();
        this.window = node.window().toString();
    }

    @Override
    long firstPane(long value) {
        return grid.firstEnd(grid.sliceStart(value));
    }

    @Override
    long nextPane(long value, long pane) {
        return grid.firstEndAfter(grid.sliceStart(value), pane);
    }

    @Override
    long limit() {
        long ended = WindowBounds.closedBy(WindowBounds.timeBound(input(), timeColumn), lateness);
        return ended == NO_BOUND || ended == CLOSED ? ended : ended + 1;
    }

    @Override
    void writeRow(EarlyPane pane, int group, RowBatch target, int row) {
        pane.groups().write(group, target, row, keyCount() + 2);
        ((LongColumn) target.column(keyCount())).set(row, grid.startOf(pane.time()));
        ((LongColumn) target.column(keyCount() + 1)).set(row, pane.time());
    }

    @Override
    public String stateLayout() {
        return super.stateLayout() + " " + window;
    }
}
