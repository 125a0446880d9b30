package io.millrace.runtime.aggregate;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.RowType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate call over stretches of rows that move on: rows come in at the end and leave at the start. Each stretch
 * has a number, as groups have. For one thread at a time.
 */
public abstract class MovingAggregate {

    private final GroupedRows one = new GroupedRows();
    final Accumulator accumulator;
    private final boolean distinct;
    private int capacity;

    /** Stretches whose values of DISTINCT are to be forgotten: all at once, since that costs a look at those of all. */
    private boolean[] cleared = {};

    private int clearedEnd;

    MovingAggregate(Accumulator accumulator) {
        this.accumulator = accumulator;
        this.distinct = accumulator instanceof DistinctAccumulator;
    }

    /**
     * Chooses how to compute a call.
     *
     * @param growing whether rows never leave
     * @param engine runs users' functions
     */
    public static MovingAggregate create(AggregateCall call, RowType input, boolean growing, ExpressionEngine engine) {
        if (growing) {
            return new GrowingAggregate(Accumulators.create(call, input, false, engine), call.filter());
        }
        return subtractable(call, input)
                ? new SubtractingAggregate(Accumulators.create(call, input, true, engine), false)
                : new TwoStackAggregate(Accumulators.create(call, input, false, engine));
    }

    /**
     * Chooses how to compute a call over stretches of two parts, of which rows leave both, and into both of which they come.
     *
     * @param growing whether no row leaves for ever but what it has come to is needed, so that first rows may be gone
     * @return what takes the rows of both parts, or null where they have to be added up apart: in a {@link MergedAggregate}
     */
    public static @Nullable MovingAggregate ofTwoParts(
            AggregateCall call, RowType input, boolean growing, ExpressionEngine engine) {
        return subtractable(call, input)
                ? new SubtractingAggregate(Accumulators.create(call, input, true, engine), growing)
                : null;
    }

    /** Whether taking a row away gives exactly what there was without it: sums of floating point would keep errors. */
    private static boolean subtractable(AggregateCall call, RowType input) {
        AggregateFunction function = call.function();
        return switch (function) {
            case SUM, SUM0, AVG -> !(input.field(call.arguments().getFirst()).type() instanceof FloatingType);
            case MIN,
                    MAX,
                    STDDEV_POP,
                    STDDEV_SAMP,
                    VAR_POP,
                    VAR_SAMP,
                    FIRST_VALUE,
                    LAST_VALUE,
                    ANY_VALUE,
                    SINGLE_VALUE,
                    // What it keeps of a row it took back is not ours to know.
                    USER -> false;
            default -> true;
        };
    }

    /**
     * Adds a row of the batch at the end of a stretch.
     *
     * @param position its place among the rows, which those that keep rows in order go by
     */
    public abstract void add(int stretch, RowBatch batch, int row, long position);

    /** Takes away the first row of a stretch that goes from one position to before the other. */
    public abstract void removeFirst(int stretch, RowBatch batch, RowSequence rows, long start, long end);

    /**
     * Writes the aggregate of a stretch.
     *
     * @throws io.millrace.spi.error.MillraceException {@code NUMERIC_OVERFLOW} where it does not fit its type
     */
    public abstract void result(int stretch, Column out, int row);

    /** Adds what a stretch holds to a group of an accumulator of the same make. */
    abstract void mergeInto(int stretch, Accumulator target, int group);

    /** Makes a stretch one without rows. */
    public abstract void clear(int stretch);

    /** Stores what cannot be made again from the rows of the stretches, of which there are so many. */
    public abstract void save(int stretches, StateWriter out);

    /**
     * Takes back what {@link #save} stored, before {@link #restore}.
     *
     * @param stretches number above all stretches
     */
    public abstract void load(int stretches, StateReader in);

    /** Takes back the rows of a stretch, which were added before and not removed. */
    public abstract void restore(int stretch, RowBatch batch, RowSequence rows, long start, long end);

    final void grow(int groups) {
        if (groups > capacity) {
            capacity = Growth.capacity(capacity, groups);
            accumulator.grow(capacity);
        }
    }

    /** Makes a group as over no rows; the values of DISTINCT are forgotten before the next row. */
    final void clearGroup(int group) {
        grow(group + 1);
        if (!distinct) {
            accumulator.clear(group);
            return;
        }
        if (group >= cleared.length) {
            cleared = Arrays.copyOf(cleared, Growth.capacity(cleared.length, group + 1));
        }
        cleared[group] = true;
        clearedEnd = Math.max(clearedEnd, group + 1);
    }

    final void forgetCleared() {
        if (clearedEnd > 0) {
            accumulator.forget(cleared, clearedEnd);
            Arrays.fill(cleared, 0, clearedEnd, false);
            clearedEnd = 0;
        }
    }

    final void addTo(int group, RowBatch batch, int row, long position) {
        one.start(batch, 1, position - row);
        one.rows()[0] = row;
        one.groups()[0] = group;
        accumulator.add(one);
    }
}
