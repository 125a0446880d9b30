package io.millrace.runtime.aggregate;

import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.Column;
import java.util.Arrays;

/** COUNT_IF: rows whose argument is TRUE. */
final class TrueCountAccumulator extends Accumulator {

    private final int argument;
    private long[] counts = {};

    TrueCountAccumulator(int argument) {
        this.argument = argument;
    }

    @Override
    void grow(int groups) {
        counts = Growth.grown(counts, groups);
    }

    @Override
    void clear(int group) {
        counts[group] = 0;
    }

    @Override
    void add(GroupedRows rows) {
        BooleanColumn column = (BooleanColumn) rows.column(argument);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            if (!column.isNull(row) && column.get(row)) {
                counts[rows.groups()[i]] += rows.batch().weight(row);
            }
        }
    }

    @Override
    void merge(Accumulator other, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            if (groups[i] >= 0) {
                mergeGroup(other, i, groups[i]);
            }
        }
    }

    void mergeGroup(Accumulator other, int from, int to) {
        counts[to] += ((TrueCountAccumulator) other).counts[from];
    }

    @Override
    void result(int group, Column out, int row) {
        Integers.write(counts[group], out, row);
    }

    @Override
    void save(int groups, StateWriter out) {
        out.writeLongs(counts, groups);
    }

    @Override
    void load(int groups, StateReader in) {
        counts = Arrays.copyOf(in.readLongs(groups), counts.length);
    }
}
