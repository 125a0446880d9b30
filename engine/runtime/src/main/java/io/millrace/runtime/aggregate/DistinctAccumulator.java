package io.millrace.runtime.aggregate;

import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.RowBatch;

/**
 * Gives each value of a group to an accumulator once: it passes a value on when its count leaves zero, and takes it back
 * when the count returns there. The values may be those of several calls.
 */
final class DistinctAccumulator extends Accumulator {

    private final Accumulator inner;
    private final DistinctValues values;
    private final int call;
    private final boolean shared;
    private final GroupedRows passed = new GroupedRows();
    private int[] weights = {};

    /**
     * @param inner takes rows of the type {@link DistinctValues#type}
     * @param call which of the calls that have the values it is; the first stores them
     * @param shared whether somebody else finds the values before rows are added, and settles them afterwards
     */
    DistinctAccumulator(Accumulator inner, DistinctValues values, int call, boolean shared) {
        this.inner = inner;
        this.values = values;
        this.call = call;
        this.shared = shared;
    }

    @Override
    void grow(int groups) {
        inner.grow(groups);
    }

    /** Only an empty group is cleared, and the values of an empty group are gone already. */
    @Override
    void clear(int group) {
        inner.clear(group);
    }

    @Override
    void forget(boolean[] gone, int count) {
        if (call == 0) {
            values.forget(gone, count);
        }
        inner.forget(gone, count);
    }

    @Override
    void add(GroupedRows rows) {
        if (!shared) {
            values.find(rows);
        }
        RowBatch batch = rows.batch();
        startPassing(rows.count());
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            int place = values.placeOf(row);
            if (place >= 0) {
                pass(place, rows.groups()[i], batch.weight(row));
            }
        }
        endPassing();
        if (!shared) {
            values.settle();
        }
    }

    private void startPassing(int rows) {
        int places = values.pairs().size();
        if (weights.length < places) {
            weights = new int[Growth.capacity(weights.length, places)];
        }
        passed.start(values.pairs(), rows, 0);
        passed.count(0);
    }

    private void pass(int place, int group, int weight) {
        int change = values.count(call, values.pair(place), weight);
        if (change != 0) {
            int at = passed.count();
            passed.rows()[at] = place;
            passed.groups()[at] = group;
            passed.count(at + 1);
            weights[place] = change;
        }
    }

    private void endPassing() {
        if (passed.count() > 0) {
            values.pairs().weights(weights);
            inner.add(passed);
            values.pairs().weights(null);
        }
    }

    @Override
    void merge(Accumulator other, int[] groups, int count) {
        DistinctAccumulator more = (DistinctAccumulator) other;
        weights = values.take(more.values, call, groups, weights);
        RowBatch pairs = values.pairs();
        startPassing(pairs.size());
        IntColumn groupOf = (IntColumn) pairs.column(0);
        for (int place = 0; place < pairs.size(); place++) {
            pass(place, groupOf.get(place), weights[place]);
        }
        endPassing();
        values.settle();
    }

    @Override
    void result(int group, Column out, int row) {
        inner.result(group, out, row);
    }

    @Override
    void results(int[] groups, int[] rows, int count, Column out) {
        inner.results(groups, rows, count, out);
    }

    @Override
    void save(int groups, StateWriter out) {
        inner.save(groups, out);
        if (call == 0) {
            values.save(out);
        }
    }

    @Override
    void load(int groups, StateReader in) {
        inner.load(groups, in);
        if (call == 0) {
            values.load(in);
        }
    }
}
