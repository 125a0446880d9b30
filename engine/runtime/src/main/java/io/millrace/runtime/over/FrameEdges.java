package io.millrace.runtime.over;

import io.millrace.plan.Frame;
import io.millrace.plan.SortKey;
import io.millrace.runtime.state.RowOrder;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import java.util.List;

/** The edges of one frame, of which nothing is left out. */
final class FrameEdges extends Edges {

    private final Frame frame;
    private final RowOrder order;
    private final SortKey key;

    /**
     * @param index place of the frame's edges in a partition
     * @param keys order keys of the partition, at least one where the frame goes by range
     */
    FrameEdges(Frame frame, int index, RowOrder order, List<SortKey> keys) {
        super(index);
        this.frame = frame;
        this.order = order;
        this.key = keys.isEmpty() ? new SortKey(0, false, false) : keys.getFirst();
    }

    Frame frame() {
        return frame;
    }

    @Override
    boolean startsWithPartition() {
        return frame.start() == Frame.FIRST;
    }

    @Override
    long needs(Partition partition) {
        if (!frame.byGroups()) {
            return Long.MAX_VALUE;
        }
        boolean starts = frame.start() != Frame.FIRST;
        return partition.groups.needs(index(), starts, frame.end() != Frame.LAST);
    }

    @Override
    long end(Partition partition, RowBatch batch) {
        long position = partition.next();
        if (frame.end() == Frame.LAST) {
            return partition.end();
        }
        if (frame.byGroups()) {
            return partition.groups.end(index(), partition, batch, partition.distinctKeys + frame.end());
        }
        if (!frame.byRange()) {
            return clamp(partition, position + frame.end() + 1);
        }
        if (frame.endsWithRow()) {
            return position + 1;
        }
        int row = partition.row(position);
        long end = Math.max(partition.ends[index()], partition.first());
        if (frame.end() == 0 || isNull(batch, row)) {
            while (end < partition.end() && order.compare(batch, partition.row(end), row) <= 0) {
                end++;
            }
            return end;
        }
        long limit = limit(batch, row, frame.end());
        while (end < partition.end() && !behind(batch, partition.row(end), limit)) {
            end++;
        }
        return end;
    }

    @Override
    long start(Partition partition, RowBatch batch) {
        long position = partition.next();
        if (frame.start() == Frame.FIRST) {
            return 0;
        }
        if (frame.byGroups()) {
            return partition.groups.start(index(), partition, batch, partition.distinctKeys + frame.start() - 1);
        }
        if (!frame.byRange()) {
            return clamp(partition, position + frame.start());
        }
        int row = partition.row(position);
        long start = Math.max(partition.starts[index()], partition.first());
        if (frame.start() == 0 || isNull(batch, row)) {
            while (start < partition.end() && order.compare(batch, partition.row(start), row) < 0) {
                start++;
            }
            return start;
        }
        return firstFrom(partition, batch, start, limit(batch, row, frame.start()));
    }

    /** Returns the position of the first row, from one on, whose key is not before a limit. */
    long firstFrom(Partition partition, RowBatch batch, long from, long limit) {
        long start = Math.max(from, partition.first());
        while (start < partition.end() && before(batch, partition.row(start), limit)) {
            start++;
        }
        return start;
    }

    /** Returns the least time that a row with a time from the bound on can see. The frame goes by range and starts at a distance. */
    long least(long bound) {
        long start = frame.start();
        long least = bound + start;
        if (start < 0 && least > bound) {
            return Long.MIN_VALUE;
        }
        return start > 0 && least < bound ? Long.MAX_VALUE : least;
    }

    private static long clamp(Partition partition, long position) {
        return Math.max(0, Math.min(position, partition.end()));
    }

    private boolean isNull(RowBatch batch, int row) {
        return batch.column(key.column()).isNull(row);
    }

    private long limit(RowBatch batch, int row, long distance) {
        long value = value(batch.column(key.column()), row);
        long moved = key.descending() ? value - distance : value + distance;
        boolean up = key.descending() ? distance < 0 : distance > 0;
        if (up) {
            return moved < value ? Long.MAX_VALUE : moved;
        }
        return moved > value ? Long.MIN_VALUE : moved;
    }

    private boolean before(RowBatch batch, int row, long limit) {
        Column column = batch.column(key.column());
        if (column.isNull(row)) {
            return key.nullsFirst();
        }
        long value = value(column, row);
        return key.descending() ? value > limit : value < limit;
    }

    private boolean behind(RowBatch batch, int row, long limit) {
        Column column = batch.column(key.column());
        if (column.isNull(row)) {
            return !key.nullsFirst();
        }
        long value = value(column, row);
        return key.descending() ? value < limit : value > limit;
    }

    static long value(Column column, int row) {
        return column instanceof LongColumn longs ? longs.get(row) : ((IntColumn) column).get(row);
    }
}
