package io.millrace.runtime.over;

import io.millrace.plan.OverCall.Shifted;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;

/** The value of a row some places away in the partition. */
final class ShiftedValue extends OverValue {

    private final Shifted call;
    private final CountedPlaces counted;

    ShiftedValue(Shifted call) {
        this.call = call;
        this.counted = new CountedPlaces(call.distance(), this::hasValue);
    }

    private boolean hasValue(Partition partition, RowBatch batch, long position) {
        return !batch.column(call.argument()).isNull(partition.row(position));
    }

    @Override
    void write(Partition partition, RowBatch batch, Column out, int row) {
        long position =
                call.ignoreNulls() ? counted(partition, batch, partition.next()) : partition.next() + call.distance();
        if (position >= partition.first() && position < partition.end()) {
            out.copyFrom(batch.column(call.argument()), partition.row(position), row);
        } else if (call.otherwise() == Shifted.NULL) {
            out.setNull(row);
        } else {
            out.copyFrom(batch.column(call.otherwise()), partition.row(partition.next()), row);
        }
    }

    private long counted(Partition partition, RowBatch batch, long from) {
        return call.distance() == 0 ? from : counted.from(partition, batch, from);
    }

    @Override
    long needs(Partition partition, RowBatch batch) {
        long after = partition.next() + 1;
        if (call.distance() >= 0) {
            return after;
        }
        if (call.ignoreNulls()) {
            return Math.max(partition.first(), counted(partition, batch, after));
        }
        return after + call.distance();
    }

    @Override
    void clear(int partition) {
        counted.clear(partition);
    }
}
