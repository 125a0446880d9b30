package io.millrace.runtime.aggregate;

import io.millrace.plan.AggregateCall;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;

/** Over stretches that rows never leave. */
final class GrowingAggregate extends MovingAggregate {

    private final int filter;

    /** @param filter column of what a row must fulfil, or {@link AggregateCall#NO_FILTER} */
    GrowingAggregate(Accumulator accumulator, int filter) {
        super(accumulator);
        this.filter = filter;
    }

    @Override
    public void add(int stretch, RowBatch batch, int row, long position) {
        grow(stretch + 1);
        forgetCleared();
        if (filter == AggregateCall.NO_FILTER || holds((BooleanColumn) batch.column(filter), row)) {
            addTo(stretch, batch, row, position);
        }
    }

    private static boolean holds(BooleanColumn condition, int row) {
        return !condition.isNull(row) && condition.get(row);
    }

    @Override
    public void removeFirst(int stretch, RowBatch batch, RowSequence rows, long start, long end) {
        throw new IllegalStateException("a row leaves stretch " + stretch + ", which only grows");
    }

    @Override
    public void result(int stretch, Column out, int row) {
        grow(stretch + 1);
        forgetCleared();
        accumulator.result(stretch, out, row);
    }

    @Override
    public void clear(int stretch) {
        clearGroup(stretch);
    }

    @Override
    void mergeInto(int stretch, Accumulator target, int group) {
        grow(stretch + 1);
        ((GroupMerging) target).mergeGroup(accumulator, stretch, group);
    }

    @Override
    public void save(int stretches, StateWriter out) {
        grow(stretches);
        forgetCleared();
        accumulator.save(stretches, out);
    }

    @Override
    public void load(int stretches, StateReader in) {
        grow(stretches);
        accumulator.load(stretches, in);
    }

    @Override
    public void restore(int stretch, RowBatch batch, RowSequence rows, long start, long end) {}
}
