package io.millrace.runtime.operator;

import io.millrace.runtime.sketch.Hash64;
import io.millrace.runtime.state.StateWriter;
import io.millrace.runtime.state.ValueCodec;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Says which lane a row belongs to: that of its key's hash. Which one that is must never change, since state is stored by
 * lane. Keys that are the same have the same bytes, see {@link ValueCodec}. For one thread at a time.
 *
 * <p>The hash is another than those of the tables that the lanes look keys up in, so that what is alike in all keys of a
 * lane is nothing that these go by.
 */
final class LaneSplitter {

    private static final long NULL = 0x6E756C6CL;

    private final int lanes;
    private final int shift;
    private final int[] columns;
    private final StateWriter bytes = new StateWriter();
    private long[] hashes = {};
    private byte[] laneOf = {};

    /**
     * @param lanes how many there are, a power of two of at most 64
     * @param columns those of the key
     */
    LaneSplitter(int lanes, int[] columns) {
        this.lanes = lanes;
        this.shift = Long.numberOfLeadingZeros(lanes) + 1;
        this.columns = columns;
    }

    /** Returns the rows that count of a batch by lane, over the same columns; null for a lane that has none. */
    @Nullable
    RowBatch[] split(RowBatch batch) {
        int count = batch.selectedCount();
        if (hashes.length < count) {
            hashes = new long[count];
            laneOf = new byte[count];
        }
        Arrays.fill(hashes, 0, count, 0);
        for (int column : columns) {
            hash(batch, batch.column(column), count);
        }
        int[] counts = new int[lanes];
        for (int i = 0; i < count; i++) {
            int lane = (int) (hashes[i] >>> shift);
            laneOf[i] = (byte) lane;
            counts[lane]++;
        }
        return views(batch, count, counts);
    }

    private @Nullable RowBatch[] views(RowBatch batch, int count, int[] counts) {
        int[][] selections = new int[lanes][];
        @Nullable RowBatch[] views = new RowBatch[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            if (counts[lane] == count) {
                views[lane] = batch;
                return views;
            }
            selections[lane] = new int[counts[lane]];
        }
        int[] filled = new int[lanes];
        for (int i = 0; i < count; i++) {
            int lane = laneOf[i];
            selections[lane][filled[lane]++] = batch.selectedRow(i);
        }
        for (int lane = 0; lane < lanes; lane++) {
            if (counts[lane] > 0) {
                views[lane] = Views.of(batch, batch.type(), selections[lane], counts[lane]);
            }
        }
        return views;
    }

    private void hash(RowBatch batch, Column column, int count) {
        if (column instanceof LongColumn longs) {
            hash(batch, longs, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            int row = batch.selectedRow(i);
            long value = column.isNull(row) ? NULL : value(column, row);
            hashes[i] = Hash64.of(hashes[i] ^ value);
        }
    }

    /** Most keys are such numbers: a row of them is asked nothing about its column. */
    private void hash(RowBatch batch, LongColumn column, int count) {
        long[] values = column.values();
        boolean[] nulls = column.nulls();
        int[] selection = batch.selection();
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            long value = nulls != null && nulls[row] ? NULL : values[row];
            hashes[i] = Hash64.of(hashes[i] ^ value);
        }
    }

    private long value(Column column, int row) {
        if (column instanceof IntColumn ints) {
            return ints.values()[row];
        }
        if (column instanceof BytesColumn text) {
            return Hash64.of(text.data(row), text.starts()[row], text.ends()[row]);
        }
        bytes.clear();
        ValueCodec.write(column, row, bytes);
        return Hash64.of(bytes.data(), 0, bytes.size());
    }
}
