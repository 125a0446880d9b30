package io.millrace.runtime.over;

import io.millrace.plan.OverCall.Shifted;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;

/** The value of a row some places away in the partition. */
final class ShiftedValue extends OverValue {

    private static final long NONE = -1;

    private final Shifted call;

    ShiftedValue(Shifted call) {
        this.call = call;
    }

    @Override
    void write(Partition partition, RowBatch batch, Column out, int row) {
        long position = call.ignoreNulls()
                ? counted(partition, batch, partition.next(), Math.abs(call.distance()))
                : partition.next() + call.distance();
        if (position >= partition.first() && position < partition.end()) {
            out.copyFrom(batch.column(call.argument()), partition.row(position), row);
        } else if (call.otherwise() == Shifted.NULL) {
            out.setNull(row);
        } else {
            out.copyFrom(batch.column(call.otherwise()), partition.row(partition.next()), row);
        }
    }

    /** Returns the position of the so-manieth row with a value, counted from a row away. */
    private long counted(Partition partition, RowBatch batch, long from, long count) {
        long left = count;
        if (left == 0) {
            return from;
        }
        int direction = call.distance() < 0 ? -1 : 1;
        for (long at = from + direction; at >= partition.first() && at < partition.end(); at += direction) {
            if (!batch.column(call.argument()).isNull(partition.row(at)) && --left == 0) {
                return at;
            }
        }
        return NONE;
    }

    @Override
    long needs(Partition partition, RowBatch batch) {
        long after = partition.next() + 1;
        if (call.distance() >= 0) {
            return after;
        }
        if (call.ignoreNulls()) {
            return Math.max(partition.first(), counted(partition, batch, after, -call.distance()));
        }
        return after + call.distance();
    }
}
