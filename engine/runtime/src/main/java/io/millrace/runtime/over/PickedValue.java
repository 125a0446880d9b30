package io.millrace.runtime.over;

import io.millrace.plan.OverCall.Picked;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;

/** The value of one row of the frame. */
final class PickedValue extends OverValue {

    private static final long NONE = -1;

    private final Picked call;
    private final int frame;

    PickedValue(Picked call, FrameEdges edges) {
        this.call = call;
        this.frame = edges.index();
    }

    @Override
    void write(Partition partition, RowBatch batch, Column out, int row) {
        long start = partition.starts[frame];
        long end = partition.ends[frame];
        long position = call.place() < 0 ? last(partition, batch, start, end) : counted(partition, batch, start, end);
        if (position == NONE) {
            out.setNull(row);
        } else {
            out.copyFrom(batch.column(call.argument()), partition.row(position), row);
        }
    }

    private long counted(Partition partition, RowBatch batch, long start, long end) {
        if (!call.ignoreNulls()) {
            long position = start + call.place() - 1;
            return position >= start && position < end ? position : NONE;
        }
        long left = call.place();
        for (long position = start; position < end; position++) {
            if (hasValue(partition, batch, position) && --left == 0) {
                return position;
            }
        }
        return NONE;
    }

    private long last(Partition partition, RowBatch batch, long start, long end) {
        long least = Math.max(start, partition.first());
        for (long position = end - 1; position >= least; position--) {
            if (!call.ignoreNulls() || hasValue(partition, batch, position)) {
                return position;
            }
        }
        return NONE;
    }

    private boolean hasValue(Partition partition, RowBatch batch, long position) {
        return !batch.column(call.argument()).isNull(partition.row(position));
    }

    @Override
    long needs(Partition partition, RowBatch batch) {
        long start = partition.starts[frame];
        if (call.place() < 0) {
            long last = last(partition, batch, start, partition.ends[frame]);
            start = last == NONE ? partition.ends[frame] : last;
        }
        return Math.min(start, partition.next() + 1);
    }
}
