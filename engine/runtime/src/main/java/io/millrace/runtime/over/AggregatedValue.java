package io.millrace.runtime.over;

import io.millrace.runtime.aggregate.MovingAggregate;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import java.util.List;

/** An aggregate of a frame, or of a part of one. */
final class AggregatedValue extends OverValue {

    private final Edges edges;
    private final boolean growing;
    private final boolean clears;
    private final MovingAggregate aggregate;

    /**
     * @param clears whether all is forgotten at once where all rows leave, as no others are in the aggregate
     */
    AggregatedValue(Edges edges, boolean clears, MovingAggregate aggregate) {
        this.edges = edges;
        this.growing = edges.startsWithPartition();
        this.clears = clears;
        this.aggregate = aggregate;
    }

    @Override
    List<Edges> edges() {
        return List.of(edges);
    }

    @Override
    void move(Edges moved, Partition partition, RowBatch batch, long start, long end) {
        int stretch = partition.number();
        long oldStart = partition.starts[edges.index()];
        long oldEnd = partition.ends[edges.index()];
        if (start >= oldEnd && start > oldStart && clears) {
            aggregate.clear(stretch);
            oldStart = start;
            oldEnd = start;
        }
        for (long position = oldEnd; position < end; position++) {
            aggregate.add(stretch, batch, partition.row(position), position);
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
        long inFrame = growing ? partition.ends[edges.index()] : partition.starts[edges.index()];
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
        long start = partition.starts[edges.index()];
        aggregate.restore(partition.number(), batch, partition, start, partition.ends[edges.index()]);
    }
}
