package io.millrace.runtime.over;

import io.millrace.plan.OverCall.Ranked;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;

/** The row's place in its partition. */
final class RankedValue extends OverValue {

    private final Ranked call;
    private final int peers;

    /** @param peers the frame that ends with the last row of the same order keys */
    RankedValue(Ranked call, Edges peers) {
        this.call = call;
        this.peers = peers.index();
    }

    @Override
    void write(Partition partition, RowBatch batch, Column out, int row) {
        long rows = partition.end();
        switch (call.ranking()) {
            case ROW_NUMBER -> set(out, row, partition.next() + 1);
            case RANK -> set(out, row, partition.peersStart + 1);
            case DENSE_RANK -> set(out, row, partition.distinctKeys);
            case PERCENT_RANK -> set(out, row, rows == 1 ? 0 : (double) partition.peersStart / (rows - 1));
            case CUME_DIST -> set(out, row, (double) partition.ends[peers] / rows);
            case NTILE -> set(out, row, bucket(partition.next(), rows));
        }
    }

    private long bucket(long position, long rows) {
        long size = rows / call.buckets();
        long larger = rows % call.buckets();
        long inLarger = larger * (size + 1);
        return position < inLarger ? position / (size + 1) + 1 : larger + (position - inLarger) / size + 1;
    }

    private static void set(Column out, int row, long value) {
        if (out instanceof LongColumn longs) {
            longs.set(row, value);
        } else {
            ((IntColumn) out).set(row, Math.toIntExact(value));
        }
    }

    private static void set(Column out, int row, double value) {
        ((DoubleColumn) out).set(row, value);
    }

    /** Whether the next row starts new places is seen by comparing it with the one before. */
    @Override
    long needs(Partition partition, RowBatch batch) {
        return partition.next();
    }
}
