package io.millrace.runtime.over;

import io.millrace.plan.OverCall.Picked;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import org.jspecify.annotations.Nullable;

/** The value of one row of the frame. */
final class PickedValue extends OverValue {

    private static final long NONE = -1;

    private final Picked call;
    private final SeenRows seen;
    private final @Nullable ValuePlaces values;

    PickedValue(Picked call, SeenRows seen) {
        this.call = call;
        this.seen = seen;
        this.values = call.ignoreNulls() ? new ValuePlaces(this::hasValue) : null;
    }

    private boolean hasValue(Partition partition, RowBatch batch, long position) {
        return !batch.column(call.argument()).isNull(partition.row(position));
    }

    @Override
    void write(Partition partition, RowBatch batch, Column out, int row) {
        ValuePlaces.Places places = places(partition, batch);
        long position = call.place() < 0 ? last(partition, places) : counted(partition, places);
        if (position == NONE) {
            out.setNull(row);
        } else {
            out.copyFrom(batch.column(call.argument()), partition.row(position), row);
        }
    }

    private ValuePlaces.@Nullable Places places(Partition partition, RowBatch batch) {
        return values == null
                ? null
                : values.of(partition, batch, partition.ends[seen.whole().index()]);
    }

    private long counted(Partition partition, ValuePlaces.@Nullable Places places) {
        long left = call.place();
        for (int i = 0; i < seen.stretches(); i++) {
            long start = seen.start(i, partition);
            long count = count(start, seen.end(i, partition), places);
            if (left <= count) {
                return places == null ? start + left - 1 : places.from(start, left);
            }
            left -= count;
        }
        return NONE;
    }

    private static long count(long start, long end, ValuePlaces.@Nullable Places places) {
        return places == null ? Math.max(0, end - start) : places.count(start, end);
    }

    private long last(Partition partition, ValuePlaces.@Nullable Places places) {
        for (int i = seen.stretches() - 1; i >= 0; i--) {
            long last = last(i, partition, places);
            if (last != NONE) {
                return last;
            }
        }
        return NONE;
    }

    private long last(int stretch, Partition partition, ValuePlaces.@Nullable Places places) {
        long start = Math.max(seen.start(stretch, partition), partition.first());
        long end = seen.end(stretch, partition);
        long count = count(start, end, places);
        if (count == 0) {
            return NONE;
        }
        return places == null ? end - 1 : places.from(start, count);
    }

    /** Of what is passed over now rows may come into sight, and of what is before it the last may come to be the last of all. */
    @Override
    long needs(Partition partition, RowBatch batch) {
        long needed = partition.starts[seen.whole().index()];
        if (call.place() < 0) {
            long last = last(0, partition, places(partition, batch));
            needed = last == NONE ? seen.end(0, partition) : last;
        }
        return Math.min(needed, partition.next() + 1);
    }

    @Override
    void clear(int partition) {
        if (values != null) {
            values.clear(partition);
        }
    }
}
