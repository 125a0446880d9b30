package io.millrace.runtime.aggregate;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Takes a row that leaves away from the sum, where that is exact. */
final class SubtractingAggregate extends MovingAggregate {

    private @Nullable RowBatch negated;
    private @Nullable RowBatch negatedOf;
    private int[] minusOnes = {};

    SubtractingAggregate(Accumulator accumulator) {
        super(accumulator);
    }

    @Override
    public void add(int stretch, RowBatch batch, int row) {
        grow(stretch + 1);
        addTo(stretch, batch, row);
    }

    @Override
    public void removeFirst(int stretch, RowBatch batch, RowSequence rows, long start, long end) {
        addTo(stretch, negative(batch), rows.row(start));
    }

    /** Returns the same rows, each with a weight of −1. */
    private RowBatch negative(RowBatch batch) {
        RowBatch view = negated;
        if (view == null || negatedOf != batch) {
            Column[] columns = new Column[batch.columnCount()];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = batch.column(i);
            }
            view = new RowBatch(batch.type(), columns);
            negated = view;
            negatedOf = batch;
        }
        if (minusOnes.length < batch.size()) {
            minusOnes = new int[Growth.capacity(minusOnes.length, batch.size())];
            Arrays.fill(minusOnes, -1);
        }
        view.size(batch.size());
        view.weights(minusOnes);
        return view;
    }

    @Override
    public void result(int stretch, Column out, int row) {
        grow(stretch + 1);
        accumulator.result(stretch, out, row);
    }

    @Override
    public void clear(int stretch) {
        grow(stretch + 1);
        accumulator.clear(stretch);
    }

    @Override
    public void save(int stretches, StateWriter out) {}

    @Override
    public void load(int stretches, StateReader in) {}

    @Override
    public void restore(int stretch, RowBatch batch, RowSequence rows, long start, long end) {
        for (long position = start; position < end; position++) {
            add(stretch, batch, rows.row(position));
        }
    }
}
