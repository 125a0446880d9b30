package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.Environment;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;

/** Aggregates by a key that grows with ROWTIME and puts out every change, until a key takes no rows any more. */
final class EarlyClosingAggregateOperator extends EarlyPanes {

    private static final RowType BOUND_ROW = RowType.of(Field.required("bound", DataType.TIMESTAMP));

    private final int keyColumn;
    private final long lateness;
    private final ColumnBounds.BoundFunction ofBound;

    EarlyClosingAggregateOperator(
            PlanNode.Aggregate node,
            PlanNode.Closing closing,
            Operator input,
            boolean updating,
            String origin,
            Environment environment) {
        super(
                node.id(),
                node.rowType(),
                input,
                node.keys().get(closing.key()),
                node.keys(),
                node.aggregates(),
                updating,
                environment.expressions(),
                origin);
        this.keyColumn = node.keys().get(closing.key());
        this.lateness = closing.emission().latenessMicros();
        this.ofBound = ColumnBounds.BoundFunction.of(BOUND_ROW, closing.ofBound(), environment);
    }

    @Override
    long firstPane(long value) {
        return value;
    }

    @Override
    long nextPane(long value, long pane) {
        return NONE;
    }

    @Override
    long limit() {
        long ofKey = lateness == 0 ? input().bound(keyColumn) : NO_BOUND;
        return ofKey == NO_BOUND ? ofBound.of(WindowBounds.closedBy(input().rowtimeBound(), lateness)) : ofKey;
    }

    @Override
    void writeRow(EarlyPane pane, int group, RowBatch target, int row) {
        pane.groups().write(group, target, row, keyCount());
    }
}
