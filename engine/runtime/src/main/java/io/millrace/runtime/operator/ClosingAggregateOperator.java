package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.Environment;
import io.millrace.runtime.aggregate.GroupState;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.NavigableMap;

/** Aggregates by a key that grows with ROWTIME: a group is put out once, when its key is passed. */
final class ClosingAggregateOperator extends PanedAggregate {

    private static final RowType BOUND_ROW = RowType.of(Field.required("bound", DataType.TIMESTAMP));

    private final int keyColumn;
    private final int key;
    private final ColumnBounds.BoundFunction ofBound;

    ClosingAggregateOperator(
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
        this.key = closing.key();
        this.keyColumn = node.keys().get(closing.key());
        this.ofBound = ColumnBounds.BoundFunction.of(BOUND_ROW, closing.ofBound(), environment);
    }

    @Override
    long paneBound() {
        long ofKey = input().bound(keyColumn);
        return ofKey == NO_BOUND ? ofBound.of(input().rowtimeBound()) : ofKey;
    }

    @Override
    long paneStart(long value) {
        return value;
    }

    @Override
    long paneEnd(long start) {
        return start + 1;
    }

    @Override
    boolean outside(long start) {
        return false;
    }

    @Override
    boolean closed(long start, long passed) {
        return start < passed;
    }

    @Override
    boolean partlyClosed(long start, long passed) {
        return false;
    }

    @Override
    long nextEmission(NavigableMap<Long, Pane> open, long passed) {
        return open.isEmpty() ? CLOSED : open.firstKey() + 1;
    }

    @Override
    GroupState emission(NavigableMap<Long, Pane> open, long at) {
        return open.firstEntry().getValue().groups();
    }

    @Override
    void dropClosed(NavigableMap<Long, Pane> open, long passed) {
        while (!open.isEmpty() && open.firstKey() < passed) {
            open.pollFirstEntry();
        }
    }

    @Override
    void writeRow(GroupState groups, int group, RowBatch target, int row, long at) {
        groups.write(group, target, row, keyCount());
    }

    @Override
    public long bound(int column) {
        return column == key ? paneBound() : NO_BOUND;
    }

    @Override
    public long rowtimeBound() {
        return Math.min(paneBound(), super.rowtimeBound());
    }
}
