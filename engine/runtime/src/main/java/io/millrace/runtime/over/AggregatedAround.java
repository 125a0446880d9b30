package io.millrace.runtime.over;

import io.millrace.plan.AggregateCall;
import io.millrace.runtime.aggregate.MergedAggregate;
import io.millrace.runtime.aggregate.MovingAggregate;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate of a frame that leaves rows out. What is before these and what is behind them each move on, so every row
 * comes and goes once in each: in one aggregate, where rows can be taken away, and in two that are put together elsewhere.
 * The row itself, where it is seen alone, is added for its own result.
 */
final class AggregatedAround extends OverValue {

    private final PartEdges beforeEdges;
    private final PartEdges behindEdges;
    private final @Nullable MovingAggregate shared;
    private final @Nullable MergedAggregate merged;
    private final MovingAggregate beforeAggregate;
    private final MovingAggregate behindAggregate;
    private final AggregatedValue before;
    private final AggregatedValue behind;

    AggregatedAround(AggregateCall call, RowType input, SeenRows seen, ExpressionEngine engine) {
        this.beforeEdges = Objects.requireNonNull(seen.before());
        this.behindEdges = Objects.requireNonNull(seen.behind());
        boolean growing = beforeEdges.startsWithPartition();
        this.shared = MovingAggregate.ofTwoParts(call, input, growing, engine);
        this.merged = shared == null ? new MergedAggregate(call, input, engine) : null;
        this.beforeAggregate = shared != null ? shared : MovingAggregate.create(call, input, growing, engine);
        this.behindAggregate = shared != null ? shared : MovingAggregate.create(call, input, false, engine);
        this.before = new AggregatedValue(beforeEdges, shared == null, beforeAggregate);
        this.behind = new AggregatedValue(behindEdges, shared == null, behindAggregate);
    }

    @Override
    List<Edges> edges() {
        return List.of(beforeEdges, behindEdges);
    }

    @Override
    void move(Edges moved, Partition partition, RowBatch batch, long start, long end) {
        (moved.index() == beforeEdges.index() ? before : behind).move(moved, partition, batch, start, end);
    }

    @Override
    void write(Partition partition, RowBatch batch, Column out, int row) {
        boolean current = beforeEdges.seesCurrent(partition);
        if (merged != null) {
            merge(merged, current, partition, batch);
            merged.result(out, row);
        } else if (current) {
            writeWithCurrent(partition, batch, out, row);
        } else {
            before.write(partition, batch, out, row);
        }
    }

    private void merge(MergedAggregate all, boolean current, Partition partition, RowBatch batch) {
        all.start();
        all.add(beforeAggregate, partition.number());
        if (current) {
            all.add(batch, partition.row(partition.next()), partition.next());
        }
        all.add(behindAggregate, partition.number());
    }

    private void writeWithCurrent(Partition partition, RowBatch batch, Column out, int row) {
        int stretch = partition.number();
        long position = partition.next();
        beforeAggregate.add(stretch, batch, partition.row(position), position);
        try {
            before.write(partition, batch, out, row);
        } finally {
            beforeAggregate.removeFirst(stretch, batch, partition, position, position + 1);
        }
    }

    @Override
    long needs(Partition partition, RowBatch batch) {
        return Math.min(before.needs(partition, batch), behind.needs(partition, batch));
    }

    @Override
    void clear(int partition) {
        before.clear(partition);
        if (shared == null) {
            behind.clear(partition);
        }
    }

    @Override
    void save(int partitions, StateWriter out) {
        before.save(partitions, out);
        if (shared == null) {
            behind.save(partitions, out);
        }
    }

    @Override
    void load(int partitions, StateReader in) {
        before.load(partitions, in);
        if (shared == null) {
            behind.load(partitions, in);
        }
    }

    @Override
    void restore(Partition partition, RowBatch batch) {
        before.restore(partition, batch);
        behind.restore(partition, batch);
    }
}
