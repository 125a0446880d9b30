package io.millrace.runtime.operator;

import io.millrace.runtime.state.TimeHeap;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts the rows of lanes in the order of a time, in which each lane gives its own. At the same time those of the first lane
 * come first. For one thread at a time.
 */
final class LaneMerge {

    private static final int NO_LANE = -1;

    private final int timeColumn;
    private final IntFunction<@Nullable RowBatch> source;
    private final RowBatch out;
    private final @Nullable RowBatch[] rows;
    private final int[] at;
    /** The lanes that have rows, by the time of the next. */
    private final TimeHeap heads = new TimeHeap();

    private final int[] pickedLane = new int[Operator.BATCH_ROWS_MAX];
    private final int[] pickedRow = new int[Operator.BATCH_ROWS_MAX];

    /**
     * @param lanes how many there are
     * @param source returns the next rows of a lane, which stay until it is asked for more, or null
     */
    LaneMerge(RowType type, int timeColumn, int lanes, IntFunction<@Nullable RowBatch> source) {
        this.timeColumn = timeColumn;
        this.source = source;
        this.out = RowBatch.create(type, 0);
        this.rows = new RowBatch[lanes];
        this.at = new int[lanes];
    }

    /** Takes the first rows of each lane. */
    void begin() {
        heads.clear();
        for (int lane = 0; lane < rows.length; lane++) {
            take(lane);
        }
    }

    /** Returns whether rows follow. */
    boolean hasMore() {
        return !heads.isEmpty();
    }

    /** Returns the next rows, which stay until it is called again, or null. */
    @Nullable
    RowBatch next() {
        if (heads.isEmpty()) {
            return null;
        }
        out.clear();
        while (!heads.isEmpty() && out.size() < Operator.BATCH_ROWS_MAX) {
            int before = out.size();
            int used = pick(before);
            copy(before);
            if (used != NO_LANE) {
                take(used);
            }
        }
        return out;
    }

    private void take(int lane) {
        RowBatch batch = source.apply(lane);
        rows[lane] = batch;
        at[lane] = 0;
        if (batch != null) {
            heads.add(time(batch, 0), lane);
        }
    }

    private long time(RowBatch batch, int place) {
        return ((LongColumn) batch.column(timeColumn)).get(batch.selectedRow(place));
    }

    /** Finds which rows come next, until the batch is full or a lane's rows are used up; returns that lane. */
    private int pick(int before) {
        int count = before;
        int used = NO_LANE;
        while (used == NO_LANE && count < Operator.BATCH_ROWS_MAX && !heads.isEmpty()) {
            int lane = heads.firstNumber();
            RowBatch batch = rowsOf(lane);
            pickedLane[count] = lane;
            pickedRow[count++] = batch.selectedRow(at[lane]++);
            heads.removeFirst();
            if (at[lane] < batch.selectedCount()) {
                heads.add(time(batch, at[lane]), lane);
            } else {
                used = lane;
            }
        }
        out.ensureCapacity(count);
        out.size(count);
        return used;
    }

    private void copy(int from) {
        for (int i = 0; i < out.columnCount(); i++) {
            Column target = out.column(i);
            for (int row = from; row < out.size(); row++) {
                target.copyFrom(rowsOf(pickedLane[row]).column(i), pickedRow[row], row);
            }
        }
    }

    private RowBatch rowsOf(int lane) {
        RowBatch batch = rows[lane];
        if (batch == null) {
            throw new IllegalStateException("lane " + lane + " has no rows");
        }
        return batch;
    }
}
