package io.millrace.runtime.match;

import io.millrace.plan.AggregateCall;
import io.millrace.runtime.aggregate.MovingAggregate;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate of the rows that threads have mapped to some variables. It remembers what it has computed for a few threads,
 * so that the next row of one of them costs one addition.
 */
final class RunningAggregate {

    static final long NO_ROW = -1;

    private static final int REMEMBERED = 8;

    private final int set;
    private final MovingAggregate aggregate;
    private final Remembered[] remembered = new Remembered[REMEMBERED];
    private int replaced;
    private long[] positions = new long[16];

    /** The rows of a history up to a node of the set, and one row behind them or none. */
    private static final class Remembered {
        @Nullable
        MatchPartition partition;

        int generation;
        long start;
        int node;
        long row;
    }

    RunningAggregate(AggregateCall call, RowType input, int set, ExpressionEngine engine) {
        this.set = set;
        this.aggregate = MovingAggregate.create(call, input, true, engine);
        for (int i = 0; i < REMEMBERED; i++) {
            remembered[i] = new Remembered();
        }
    }

    /**
     * Writes the aggregate of the rows of a history and perhaps one more.
     *
     * @param position of that row, or {@link #NO_ROW}
     */
    void write(MatchPartition partition, int node, long start, long position, RowBatch rows, Column target) {
        int last = partition.history.last(node, set);
        int number = find(partition, last, start, position);
        if (number < 0) {
            number = replaced;
            replaced = (replaced + 1) % REMEMBERED;
            collect(number, partition, last, start, rows);
        }
        Remembered known = remembered[number];
        if (known.row != position || known.node != last) {
            known.node = last;
            known.row = position;
            if (position != NO_ROW) {
                aggregate.add(number, rows, partition.row(position), position);
            }
        }
        aggregate.result(number, target, 0);
    }

    /** Returns what holds exactly the rows wanted, or else all but the last. */
    private int find(MatchPartition partition, int last, long start, long position) {
        int before = -1;
        for (int i = 0; i < REMEMBERED; i++) {
            Remembered known = remembered[i];
            if (known.partition != partition
                    || known.generation != partition.history.generation()
                    || known.start != start) {
                continue;
            }
            if (known.node == last && known.row == position) {
                return i;
            }
            if (holds(known, partition.history, last)) {
                before = i;
            }
        }
        return before;
    }

    /** Returns whether it holds the rows up to a node, and no other. */
    private boolean holds(Remembered known, History history, int last) {
        if (known.row == NO_ROW) {
            return known.node == last;
        }
        return last != History.NONE
                && history.last(history.parent(last), set) == known.node
                && known.start + history.depth(last) == known.row;
    }

    private void collect(int number, MatchPartition partition, int last, long start, RowBatch rows) {
        History history = partition.history;
        int count = 0;
        for (int node = last; node != History.NONE; node = history.last(history.parent(node), set)) {
            if (count == positions.length) {
                positions = Arrays.copyOf(positions, 2 * count);
            }
            positions[count++] = start + history.depth(node);
        }
        aggregate.clear(number);
        while (count > 0) {
            long position = positions[--count];
            aggregate.add(number, rows, partition.row(position), position);
        }
        Remembered known = remembered[number];
        known.partition = partition;
        known.generation = history.generation();
        known.start = start;
        known.node = last;
        known.row = NO_ROW;
    }
}
