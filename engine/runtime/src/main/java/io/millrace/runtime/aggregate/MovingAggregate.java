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

/**
 * One aggregate call over stretches of rows that move on: rows come in at the end and leave at the start. Each stretch
 * has a number, as groups have. For one thread at a time.
 */
public abstract class MovingAggregate {

    private final GroupedRows one = new GroupedRows();
    final Accumulator accumulator;
    private int capacity;

    MovingAggregate(Accumulator accumulator) {
        this.accumulator = accumulator;
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
                ? new SubtractingAggregate(Accumulators.create(call, input, true, engine))
                : new TwoStackAggregate(Accumulators.create(call, input, false, engine));
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

    /** Adds a row of the batch at the end of a stretch. */
    public abstract void add(int stretch, RowBatch batch, int row);

    /** Takes away the first row of a stretch that goes from one position to before the other. */
    public abstract void removeFirst(int stretch, RowBatch batch, RowSequence rows, long start, long end);

    /**
     * Writes the aggregate of a stretch.
     *
     * @throws io.millrace.spi.error.MillraceException {@code NUMERIC_OVERFLOW} where it does not fit its type
     */
    public abstract void result(int stretch, Column out, int row);

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

    final void addTo(int group, RowBatch batch, int row) {
        // All rows have the same ordinal, so that the first one added counts as the first.
        one.start(batch, 1, -row);
        one.rows()[0] = row;
        one.groups()[0] = group;
        accumulator.add(one);
    }
}
