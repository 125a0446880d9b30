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
    private final boolean stored;

    /** @param stored whether what stretches have come to is stored, as their first rows may be gone */
    SubtractingAggregate(Accumulator accumulator, boolean stored) {
        super(accumulator);
        this.stored = stored;
    }

    @Override
    public void add(int stretch, RowBatch batch, int row, long position) {
        grow(stretch + 1);
        forgetCleared();
        addTo(stretch, batch, row, position);
    }

    @Override
    public void removeFirst(int stretch, RowBatch batch, RowSequence rows, long start, long end) {
        addTo(stretch, negative(batch), rows.row(start), start);
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
        forgetCleared();
        accumulator.result(stretch, out, row);
    }

    @Override
    void mergeInto(int stretch, Accumulator target, int group) {
        throw new IllegalStateException("rows are taken away from stretch " + stretch + ", and not merged");
    }

    @Override
    public void clear(int stretch) {
        clearGroup(stretch);
    }

    @Override
    public void save(int stretches, StateWriter out) {
        if (stored) {
            grow(stretches);
            forgetCleared();
            accumulator.save(stretches, out);
        }
    }

    @Override
    public void load(int stretches, StateReader in) {
        if (stored) {
            grow(stretches);
            accumulator.load(stretches, in);
        }
    }

    @Override
    public void restore(int stretch, RowBatch batch, RowSequence rows, long start, long end) {
        for (long position = start; !stored && position < end; position++) {
            add(stretch, batch, rows.row(position), position);
        }
    }
}
