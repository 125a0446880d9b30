package io.millrace.runtime.aggregate;

import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import java.util.Arrays;

/**
 * SKEWNESS and KURTOSIS where rows only come: count, mean, and sums of the second to fourth powers of distances from it, put together as
 * Pébay's formulas say.
 */
final class MomentsAccumulator extends Accumulator {

    /** Of a group: mean, then the sums of powers. */
    private static final int SUMS = 4;

    private final Moments function;
    private final int argument;
    private final DataType type;
    private long[] counts = {};
    private double[] sums = {};

    MomentsAccumulator(Moments function, int argument, DataType type) {
        this.function = function;
        this.argument = argument;
        this.type = type;
    }

    @Override
    void grow(int groups) {
        counts = Growth.grown(counts, groups);
        sums = Growth.grown(sums, Math.multiplyExact(groups, SUMS));
    }

    @Override
    void clear(int group) {
        counts[group] = 0;
        Arrays.fill(sums, group * SUMS, (group + 1) * SUMS, 0);
    }

    @Override
    void add(GroupedRows rows) {
        Column column = rows.column(argument);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            if (!column.isNull(row)) {
                double value = NumberWriter.read(type, column, row);
                add(rows.groups()[i], rows.batch().weight(row), value, 0, 0, 0);
            }
        }
    }

    private void add(int group, long count, double mean, double second, double third, double fourth) {
        double na = counts[group];
        double nb = count;
        double n = na + nb;
        if (count == 0) {
            return;
        }
        if (n == 0) {
            clear(group);
            return;
        }
        int at = group * SUMS;
        double d = mean - sums[at];
        double m2 = sums[at + 1];
        double m3 = sums[at + 2];
        double m4 = sums[at + 3];
        sums[at] += d * nb / n;
        sums[at + 1] = Math.max(0, m2 + second + d * d * na * nb / n);
        sums[at + 2] = m3 + third + d * d * d * na * nb * (na - nb) / (n * n) + 3 * d * (na * second - nb * m2) / n;
        sums[at + 3] = m4
                + fourth
                + d * d * d * d * na * nb * (na * na - na * nb + nb * nb) / (n * n * n)
                + 6 * d * d * (na * na * second + nb * nb * m2) / (n * n)
                + 4 * d * (na * third - nb * m3) / n;
        counts[group] += count;
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
        MomentsAccumulator more = (MomentsAccumulator) other;
        int at = from * SUMS;
        add(to, more.counts[from], more.sums[at], more.sums[at + 1], more.sums[at + 2], more.sums[at + 3]);
    }

    @Override
    void result(int group, Column out, int row) {
        int at = group * SUMS;
        function.write(counts[group], sums[at + 1], sums[at + 2], sums[at + 3], out, row);
    }

    @Override
    void save(int groups, StateWriter out) {
        out.writeLongs(counts, groups);
        out.writeDoubles(sums, groups * SUMS);
    }

    @Override
    void load(int groups, StateReader in) {
        counts = Arrays.copyOf(in.readLongs(groups), counts.length);
        sums = Arrays.copyOf(in.readDoubles(groups * SUMS), sums.length);
    }
}
