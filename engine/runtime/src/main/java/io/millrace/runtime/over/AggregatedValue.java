package io.millrace.runtime.over;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.Frame;
import io.millrace.runtime.aggregate.MovingAggregate;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;

/** An aggregate of the frame. */
final class AggregatedValue extends OverValue {

    private final int frame;
    private final boolean growing;
    private final boolean distinct;
    private final MovingAggregate aggregate;

    AggregatedValue(AggregateCall call, RowType input, FrameEdges edges, ExpressionEngine engine) {
        this.frame = edges.index();
        this.growing = edges.frame().start() == Frame.FIRST;
        this.distinct = call.distinct();
        this.aggregate = MovingAggregate.create(call, input, growing, engine);
    }

    @Override
    void move(Partition partition, RowBatch batch, long start, long end) {
        int stretch = partition.number();
        long oldStart = partition.starts[frame];
        long oldEnd = partition.ends[frame];
        if (start >= oldEnd && start > oldStart && !distinct) {
            aggregate.clear(stretch);
            oldStart = start;
            oldEnd = start;
        }
        for (long position = oldEnd; position < end; position++) {
            aggregate.add(stretch, batch, partition.row(position));
        }
        for (long position = oldStart; position < start; position++) {
            aggregate.removeFirst(stretch, batch, partition, position, Math.max(oldEnd, end));
        }
    }

    @Override
    void write(Partition partition, RowBatch batch, Column out, int row) {
        aggregate.result(partition.number(), out, row);
    }

    @Override
    long needs(Partition partition, RowBatch batch) {
        long inFrame = growing ? partition.ends[frame] : partition.starts[frame];
        return Math.min(inFrame, partition.next() + 1);
    }

    @Override
    void clear(int partition) {
        aggregate.clear(partition);
    }

    @Override
    void save(int partitions, StateWriter out) {
        aggregate.save(partitions, out);
    }

    @Override
    void load(int partitions, StateReader in) {
        aggregate.load(partitions, in);
    }

    @Override
    void restore(Partition partition, RowBatch batch) {
        aggregate.restore(partition.number(), batch, partition, partition.starts[frame], partition.ends[frame]);
    }
}
