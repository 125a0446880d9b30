package io.millrace.runtime.aggregate;

import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import java.util.Arrays;

/** COUNT of rows, or of values that are not NULL. */
final class CountAccumulator extends Accumulator {

    static final int ALL_ROWS = -1;

    private final int argument;
    private long[] counts = {};

    CountAccumulator(int argument) {
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
        boolean[] nulls = argument == ALL_ROWS ? null : rows.column(argument).nulls();
        count(rows, nulls, counts);
    }

    /** Counts the rows that are not NULL into the array. */
    static void count(GroupedRows rows, boolean @org.jspecify.annotations.Nullable [] nulls, long[] counts) {
        int[] weights = rows.weights();
        int[] groups = rows.groups();
        int count = rows.count();
        if (nulls == null && weights == null && rows.only() >= 0) {
            counts[rows.only()] += count;
            return;
        }
        if (nulls == null && weights == null) {
            for (int i = 0; i < count; i++) {
                counts[groups[i]]++;
            }
            return;
        }
        int[] numbers = rows.rows();
        for (int i = 0; i < count; i++) {
            int row = numbers[i];
            if (nulls == null || !nulls[row]) {
                counts[groups[i]] += weights == null ? 1 : weights[row];
            }
        }
    }

    @Override
    void merge(Accumulator other, int[] groups, int count) {
        long[] more = ((CountAccumulator) other).counts;
        for (int i = 0; i < count; i++) {
            if (groups[i] >= 0) {
                counts[groups[i]] += more[i];
            }
        }
    }

    @Override
    void result(int group, Column out, int row) {
        if (out instanceof LongColumn longs) {
            longs.set(row, counts[group]);
        } else {
            Growth.intOf(out, row, counts[group]);
        }
    }

    @Override
    void results(int[] groups, int[] rows, int count, Column out) {
        if (!(out instanceof LongColumn longs)) {
            super.results(groups, rows, count, out);
            return;
        }
        long[] into = longs.values();
        for (int i = 0; i < count; i++) {
            into[rows[i]] = counts[groups[i]];
        }
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
