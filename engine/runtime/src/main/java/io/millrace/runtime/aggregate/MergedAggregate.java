package io.millrace.runtime.aggregate;

import io.millrace.plan.AggregateCall;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;

/** Puts two stretches of rows and single ones together, where no row can be taken away. For one thread at a time. */
public final class MergedAggregate {

    private final Accumulator accumulator;
    private final GroupedRows one = new GroupedRows();

    public MergedAggregate(AggregateCall call, RowType input, ExpressionEngine engine) {
        this.accumulator = Accumulators.create(call, input, false, engine);
        accumulator.grow(1);
    }

    /** Starts over no rows. */
    public void start() {
        accumulator.clear(0);
    }

    /** Adds what a stretch of the same call holds. */
    public void add(MovingAggregate moving, int stretch) {
        moving.mergeInto(stretch, accumulator, 0);
    }

    /** Adds a row, which is the one at this position. */
    public void add(RowBatch batch, int row, long position) {
        one.start(batch, 1, position - row);
        one.rows()[0] = row;
        one.groups()[0] = 0;
        accumulator.add(one);
    }

    /**
     * Writes the aggregate.
     *
     * @throws io.millrace.spi.error.MillraceException {@code NUMERIC_OVERFLOW} where it does not fit its type
     */
    public void result(Column out, int row) {
        accumulator.result(0, out, row);
    }
}
