package io.millrace.runtime.aggregate;

import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import java.util.Arrays;

/** The value of the only row of each group. A second row is an error once the result is asked for. */
final class SingleValueAccumulator extends Accumulator {

    private final Accumulator value;
    private long[] counts = {};

    SingleValueAccumulator(Accumulator value) {
        this.value = value;
    }

    @Override
    void grow(int groups) {
        value.grow(groups);
        counts = Growth.grown(counts, groups);
    }

    @Override
    void clear(int group) {
        value.clear(group);
        counts[group] = 0;
    }

    @Override
    void add(GroupedRows rows) {
        value.add(rows);
        CountAccumulator.count(rows, null, counts);
    }

    @Override
    void merge(Accumulator other, int[] groups, int count) {
        SingleValueAccumulator more = (SingleValueAccumulator) other;
        value.merge(more.value, groups, count);
        for (int i = 0; i < count; i++) {
            if (groups[i] >= 0) {
                counts[groups[i]] += more.counts[i];
            }
        }
    }

    @Override
    void result(int group, Column out, int row) {
        if (counts[group] > 1) {
            throw new MillraceException(
                    ErrorCode.CARDINALITY_VIOLATION,
                    "a subquery that stands for one value has " + counts[group] + " rows",
                    "choose one of them with MIN, MAX or a condition, or use IN or EXISTS");
        }
        value.result(group, out, row);
    }

    @Override
    void save(int groups, StateWriter out) {
        out.writeLongs(counts, groups);
        value.save(groups, out);
    }

    @Override
    void load(int groups, StateReader in) {
        counts = Arrays.copyOf(in.readLongs(groups), counts.length);
        value.load(groups, in);
    }
}
