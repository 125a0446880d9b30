package io.millrace.runtime.aggregate;

import io.millrace.plan.AggregateFunction;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * SUM, SUM0 and AVG of floating-point numbers, with the rounding errors summed beside (Neumaier), so that the order of
 * rows hardly ever shows.
 */
final class DoubleSumAccumulator extends Accumulator implements GroupMerging {

    private final AggregateFunction function;
    private final int argument;
    private long[] counts = {};
    private double[] sums = {};
    private double[] errors = {};

    DoubleSumAccumulator(AggregateFunction function, int argument) {
        this.function = function;
        this.argument = argument;
    }

    @Override
    void grow(int groups) {
        counts = Growth.grown(counts, groups);
        sums = Growth.grown(sums, groups);
        errors = Growth.grown(errors, groups);
    }

    @Override
    void clear(int group) {
        counts[group] = 0;
        sums[group] = 0;
        errors[group] = 0;
    }

    @Override
    void add(GroupedRows rows) {
        Column column = rows.column(argument);
        CountAccumulator.count(rows, column.nulls(), counts);
        if (column instanceof DoubleColumn doubles) {
            addDoubles(rows, doubles.values(), doubles.nulls());
        } else {
            addFloats(rows, (FloatColumn) column);
        }
    }

    private void addDoubles(GroupedRows rows, double[] values, boolean @Nullable [] nulls) {
        int[] numbers = rows.rows();
        int[] groups = rows.groups();
        int[] weights = rows.weights();
        int count = rows.count();
        for (int i = 0; i < count; i++) {
            int row = numbers[i];
            if (nulls == null || !nulls[row]) {
                add(groups[i], weights == null ? values[row] : values[row] * weights[row]);
            }
        }
    }

    private void addFloats(GroupedRows rows, FloatColumn column) {
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            if (!column.isNull(row)) {
                add(rows.groups()[i], (double) column.get(row) * rows.batch().weight(row));
            }
        }
    }

    private void add(int group, double value) {
        double before = sums[group];
        double after = before + value;
        errors[group] += Math.abs(before) >= Math.abs(value) ? before - after + value : value - after + before;
        sums[group] = after;
    }

    private double sum(int group) {
        double sum = sums[group];
        return Double.isFinite(sum) ? sum + errors[group] : sum;
    }

    @Override
    void merge(Accumulator other, int[] groups, int count) {
        DoubleSumAccumulator more = (DoubleSumAccumulator) other;
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            if (group >= 0) {
                mergeGroup(more, i, group);
            }
        }
    }

    @Override
    public void mergeGroup(Accumulator other, int from, int to) {
        DoubleSumAccumulator more = (DoubleSumAccumulator) other;
        counts[to] += more.counts[from];
        double moreErrors = more.errors[from];
        add(to, more.sums[from]);
        errors[to] += moreErrors;
    }

    @Override
    void result(int group, Column out, int row) {
        if (counts[group] == 0 && function != AggregateFunction.SUM0) {
            out.setNull(row);
            return;
        }
        double value = counts[group] == 0 ? 0 : sum(group);
        NumberWriter.write(function == AggregateFunction.AVG ? value / counts[group] : value, out, row);
    }

    @Override
    void save(int groups, StateWriter out) {
        out.writeLongs(counts, groups);
        out.writeDoubles(sums, groups);
        out.writeDoubles(errors, groups);
    }

    @Override
    void load(int groups, StateReader in) {
        counts = Arrays.copyOf(in.readLongs(groups), counts.length);
        sums = Arrays.copyOf(in.readDoubles(groups), sums.length);
        errors = Arrays.copyOf(in.readDoubles(groups), errors.length);
    }
}
