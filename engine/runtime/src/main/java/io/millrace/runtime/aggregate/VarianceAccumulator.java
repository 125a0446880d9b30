package io.millrace.runtime.aggregate;

import io.millrace.plan.AggregateFunction;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/** The four of variance and standard deviation: count, mean and sum of squared distances (Welford, Chan). */
final class VarianceAccumulator extends Accumulator implements GroupMerging {

    private final AggregateFunction function;
    private final int argument;
    private final DataType argumentType;
    private final DataType type;
    private long[] counts = {};
    private double[] means = {};
    private double[] squares = {};

    VarianceAccumulator(AggregateFunction function, int argument, DataType argumentType, DataType type) {
        this.function = function;
        this.argument = argument;
        this.argumentType = argumentType;
        this.type = type;
    }

    @Override
    void grow(int groups) {
        counts = Growth.grown(counts, groups);
        means = Growth.grown(means, groups);
        squares = Growth.grown(squares, groups);
    }

    @Override
    void clear(int group) {
        counts[group] = 0;
        means[group] = 0;
        squares[group] = 0;
    }

    @Override
    void add(GroupedRows rows) {
        Column column = rows.column(argument);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            if (!column.isNull(row)) {
                double value = NumberWriter.read(argumentType, column, row);
                add(rows.groups()[i], value, rows.batch().weight(row));
            }
        }
    }

    private void add(int group, double value, int weight) {
        for (int i = 0; i < weight; i++) {
            merge(group, 1, value, 0);
        }
        for (int i = 0; i > weight; i--) {
            subtract(group, value);
        }
    }

    private void subtract(int group, double value) {
        long count = counts[group] - 1;
        if (count <= 0) {
            clear(group);
            counts[group] = count;
            return;
        }
        double mean = means[group];
        double before = (mean * counts[group] - value) / count;
        squares[group] = Math.max(0, squares[group] - (value - mean) * (value - before));
        means[group] = before;
        counts[group] = count;
    }

    private void merge(int group, long count, double mean, double square) {
        if (count == 0) {
            return;
        }
        long total = counts[group] + count;
        if (total == 0) {
            clear(group);
            return;
        }
        if (counts[group] == 0) {
            // A distance of nothing may be squared beyond all numbers, and nothing times that is NaN.
            counts[group] = count;
            means[group] = mean;
            squares[group] = square;
            return;
        }
        double distance = mean - means[group];
        squares[group] += square + distance * distance * counts[group] * count / total;
        means[group] += distance * count / total;
        counts[group] = total;
    }

    @Override
    void merge(Accumulator other, int[] groups, int count) {
        VarianceAccumulator more = (VarianceAccumulator) other;
        for (int i = 0; i < count; i++) {
            if (groups[i] >= 0) {
                mergeGroup(more, i, groups[i]);
            }
        }
    }

    @Override
    public void mergeGroup(Accumulator other, int from, int to) {
        VarianceAccumulator more = (VarianceAccumulator) other;
        merge(to, more.counts[from], more.means[from], more.squares[from]);
    }

    @Override
    void result(int group, Column out, int row) {
        boolean sample = function == AggregateFunction.VAR_SAMP || function == AggregateFunction.STDDEV_SAMP;
        long divisor = counts[group] - (sample ? 1 : 0);
        if (divisor <= 0) {
            out.setNull(row);
            return;
        }
        refuseOverflow(function, means[group], squares[group]);
        double variance = squares[group] / divisor;
        boolean root = function == AggregateFunction.STDDEV_POP || function == AggregateFunction.STDDEV_SAMP;
        write(root ? Math.sqrt(variance) : variance, out, row);
    }

    /**
     * Refuses a sum of squares that has become infinite though the values are not.
     *
     * @throws MillraceException {@code NUMERIC_OVERFLOW}
     */
    static void refuseOverflow(AggregateFunction function, double mean, double squares) {
        if (!Double.isFinite(squares) && Double.isFinite(mean)) {
            throw new MillraceException(
                    ErrorCode.NUMERIC_OVERFLOW,
                    function + " overflows: the squares of the values' distances from their mean are above all DOUBLEs",
                    "scale the values down: divide by a constant first");
        }
    }

    private void write(double value, Column out, int row) {
        if (type instanceof DecimalType decimal && Double.isFinite(value)) {
            BigDecimal scaled = BigDecimal.valueOf(value).setScale(decimal.scale(), RoundingMode.HALF_UP);
            if (out instanceof Decimal128Column wide) {
                wide.set(row, scaled.unscaledValue());
            } else {
                ((LongColumn) out).set(row, scaled.unscaledValue().longValue());
            }
        } else {
            NumberWriter.write(value, out, row);
        }
    }

    @Override
    void save(int groups, StateWriter out) {
        out.writeLongs(counts, groups);
        out.writeDoubles(means, groups);
        out.writeDoubles(squares, groups);
    }

    @Override
    void load(int groups, StateReader in) {
        counts = Arrays.copyOf(in.readLongs(groups), counts.length);
        means = Arrays.copyOf(in.readDoubles(groups), means.length);
        squares = Arrays.copyOf(in.readDoubles(groups), squares.length);
    }
}
