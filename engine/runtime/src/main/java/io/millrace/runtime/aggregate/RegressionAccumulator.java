package io.millrace.runtime.aggregate;

import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import java.util.Arrays;

/**
 * Covariance, correlation and the REGR functions of two numbers y and x where rows only come: count, means and sums of products of
 * distances, kept as Chan's formulas say.
 */
final class RegressionAccumulator extends Accumulator {

    private final Regression function;
    private final int yColumn;
    private final int xColumn;
    private final DataType yType;
    private final DataType xType;
    private long[] counts = {};
    private double[] meanX = {};
    private double[] meanY = {};
    private double[] sumXx = {};
    private double[] sumYy = {};
    private double[] sumXy = {};

    RegressionAccumulator(Regression function, int yColumn, DataType yType, int xColumn, DataType xType) {
        this.function = function;
        this.yColumn = yColumn;
        this.xColumn = xColumn;
        this.yType = yType;
        this.xType = xType;
    }

    @Override
    void grow(int groups) {
        counts = Growth.grown(counts, groups);
        meanX = Growth.grown(meanX, groups);
        meanY = Growth.grown(meanY, groups);
        sumXx = Growth.grown(sumXx, groups);
        sumYy = Growth.grown(sumYy, groups);
        sumXy = Growth.grown(sumXy, groups);
    }

    @Override
    void clear(int group) {
        set(group, 0, 0, 0, 0, 0, 0);
    }

    private void set(int group, long count, double x, double y, double xx, double yy, double xy) {
        counts[group] = count;
        meanX[group] = x;
        meanY[group] = y;
        sumXx[group] = xx;
        sumYy[group] = yy;
        sumXy[group] = xy;
    }

    @Override
    void add(GroupedRows rows) {
        Column ys = rows.column(yColumn);
        Column xs = rows.column(xColumn);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            if (!ys.isNull(row) && !xs.isNull(row)) {
                double x = NumberWriter.read(xType, xs, row);
                double y = NumberWriter.read(yType, ys, row);
                add(rows.groups()[i], rows.batch().weight(row), x, y, 0, 0, 0);
            }
        }
    }

    /** Adds so many rows with these means and sums. */
    private void add(int group, long count, double x, double y, double xx, double yy, double xy) {
        long total = counts[group] + count;
        if (count == 0) {
            return;
        }
        if (total == 0) {
            clear(group);
            return;
        }
        if (counts[group] == 0) {
            // A distance from nothing may be squared beyond all numbers, and nothing times that is NaN.
            set(group, count, x, y, xx, yy, xy);
            return;
        }
        double dx = x - meanX[group];
        double dy = y - meanY[group];
        double share = (double) counts[group] * count / total;
        set(
                group,
                total,
                meanX[group] + dx * count / total,
                meanY[group] + dy * count / total,
                notBelowZero(sumXx[group] + xx + dx * dx * share),
                notBelowZero(sumYy[group] + yy + dy * dy * share),
                sumXy[group] + xy + dx * dy * share);
    }

    /** Keeps NaN, and takes away what rounding has put below zero. */
    private static double notBelowZero(double sum) {
        return sum < 0 ? 0 : sum;
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
        RegressionAccumulator more = (RegressionAccumulator) other;
        add(
                to,
                more.counts[from],
                more.meanX[from],
                more.meanY[from],
                more.sumXx[from],
                more.sumYy[from],
                more.sumXy[from]);
    }

    @Override
    void result(int group, Column out, int row) {
        function.write(counts[group], meanX[group], meanY[group], sumXx[group], sumYy[group], sumXy[group], out, row);
    }

    @Override
    void save(int groups, StateWriter out) {
        out.writeLongs(counts, groups);
        for (double[] values : new double[][] {meanX, meanY, sumXx, sumYy, sumXy}) {
            out.writeDoubles(values, groups);
        }
    }

    @Override
    void load(int groups, StateReader in) {
        counts = Arrays.copyOf(in.readLongs(groups), counts.length);
        meanX = Arrays.copyOf(in.readDoubles(groups), meanX.length);
        meanY = Arrays.copyOf(in.readDoubles(groups), meanY.length);
        sumXx = Arrays.copyOf(in.readDoubles(groups), sumXx.length);
        sumYy = Arrays.copyOf(in.readDoubles(groups), sumYy.length);
        sumXy = Arrays.copyOf(in.readDoubles(groups), sumXy.length);
    }
}
