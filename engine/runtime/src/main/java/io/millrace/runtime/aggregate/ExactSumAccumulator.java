package io.millrace.runtime.aggregate;

import io.millrace.plan.AggregateFunction;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * SUM, SUM0 and AVG of integers, decimals and intervals.
 *
 * <p>A sum is {@code low + high · 2^64} with a signed low part, so no sum overflows on its way, and whether it does
 * in the end is the same in whatever order rows come. The high part exists only once a low part has overflowed.
 */
final class ExactSumAccumulator extends Accumulator {

    private final AggregateFunction function;
    private final int argument;
    private final NumberResult number;
    private long[] counts = {};
    private long[] low = {};
    private long @Nullable [] high;
    private @Nullable BigInteger[] beyond = {};

    ExactSumAccumulator(AggregateFunction function, int argument, NumberResult number) {
        this.function = function;
        this.argument = argument;
        this.number = number;
    }

    @Override
    void grow(int groups) {
        counts = Growth.grown(counts, groups);
        low = Growth.grown(low, groups);
        if (high != null) {
            high = Growth.grown(high, groups);
        }
    }

    @Override
    void clear(int group) {
        counts[group] = 0;
        low[group] = 0;
        if (high != null) {
            high[group] = 0;
        }
        if (group < beyond.length) {
            beyond[group] = null;
        }
    }

    @Override
    void add(GroupedRows rows) {
        Column column = rows.column(argument);
        CountAccumulator.count(rows, column.nulls(), counts);
        switch (column) {
            case LongColumn c -> addLongs(rows, c.values(), c.nulls());
            case IntColumn c -> addInts(rows, c.values(), c.nulls());
            case Decimal128Column c -> addWide(rows, c);
            default -> throw new IllegalStateException(function + " of " + column.getClass());
        }
    }

    private void addLongs(GroupedRows rows, long[] values, boolean @Nullable [] nulls) {
        if (nulls == null && rows.weights() == null && rows.only() >= 0) {
            addAll(rows, values);
            return;
        }
        int[] numbers = rows.rows();
        int[] groups = rows.groups();
        int[] weights = rows.weights();
        int count = rows.count();
        for (int i = 0; i < count; i++) {
            int row = numbers[i];
            if (nulls == null || !nulls[row]) {
                add(groups[i], values[row], weights == null ? 1 : weights[row]);
            }
        }
    }

    /**
     * Adds all to one group, in two sums that cannot overflow: of the upper halves and of the lower ones. Nothing is
     * tested for a row, and no addition waits for the memory of the one before.
     */
    private void addAll(GroupedRows rows, long[] values) {
        int count = rows.count();
        long upper = 0;
        long lower = 0;
        if (rows.whole()) {
            for (int i = 0; i < count; i++) {
                upper += values[i] >> 32;
                lower += values[i] & 0xFFFFFFFFL;
            }
        } else {
            int[] numbers = rows.rows();
            for (int i = 0; i < count; i++) {
                long value = values[numbers[i]];
                upper += value >> 32;
                lower += value & 0xFFFFFFFFL;
            }
        }
        // The lower sum is below 2^63, as there are fewer than 2^31 rows; its own upper half belongs to the upper sum.
        upper += lower >>> 32;
        lower &= 0xFFFFFFFFL;
        if (upper == (int) upper) {
            add(rows.only(), (upper << 32) + lower);
        } else {
            addWhole(rows.only(), BigInteger.valueOf(upper).shiftLeft(32).add(BigInteger.valueOf(lower)));
        }
    }

    private void addInts(GroupedRows rows, int[] values, boolean @Nullable [] nulls) {
        int[] numbers = rows.rows();
        int[] groups = rows.groups();
        int[] weights = rows.weights();
        int count = rows.count();
        for (int i = 0; i < count; i++) {
            int row = numbers[i];
            if (nulls == null || !nulls[row]) {
                add(groups[i], values[row], weights == null ? 1 : weights[row]);
            }
        }
    }

    private void add(int group, long value, int weight) {
        if (weight == 1) {
            add(group, value);
        } else {
            addWhole(group, BigInteger.valueOf(value).multiply(BigInteger.valueOf(weight)));
        }
    }

    private void add(int group, long value) {
        long before = low[group];
        long after = before + value;
        low[group] = after;
        if (((before ^ after) & (value ^ after)) < 0) {
            carry(group, value < 0 ? -1 : 1);
        }
    }

    private void carry(int group, long carried) {
        if (high == null) {
            high = new long[low.length];
        }
        high[group] += carried;
    }

    private void addWide(GroupedRows rows, Decimal128Column values) {
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            if (!values.isNull(row)) {
                int weight = rows.batch().weight(row);
                addWhole(rows.groups()[i], values.get(row).multiply(BigInteger.valueOf(weight)));
            }
        }
    }

    /** Adds a value of any size; what does not fit one long goes aside. */
    private void addWhole(int group, BigInteger value) {
        if (value.bitLength() < 64) {
            add(group, value.longValue());
            return;
        }
        if (beyond.length <= group) {
            beyond = Arrays.copyOf(beyond, Growth.capacity(beyond.length, group + 1));
        }
        BigInteger now = beyond[group];
        beyond[group] = now == null ? value : now.add(value);
    }

    private BigInteger sum(int group) {
        BigInteger sum = BigInteger.valueOf(low[group]);
        if (high != null && high[group] != 0) {
            sum = sum.add(BigInteger.valueOf(high[group]).shiftLeft(64));
        }
        BigInteger more = group < beyond.length ? beyond[group] : null;
        return more == null ? sum : sum.add(more);
    }

    private boolean oneLong(int group) {
        return (high == null || high[group] == 0) && (group >= beyond.length || beyond[group] == null);
    }

    @Override
    void merge(Accumulator other, int[] groups, int count) {
        ExactSumAccumulator more = (ExactSumAccumulator) other;
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            if (group >= 0) {
                counts[group] += more.counts[i];
                if (more.oneLong(i)) {
                    add(group, more.low[i]);
                } else {
                    addWhole(group, more.sum(i));
                }
            }
        }
    }

    @Override
    void result(int group, Column out, int row) {
        if (counts[group] == 0 && function != AggregateFunction.SUM0) {
            out.setNull(row);
        } else if (function == AggregateFunction.AVG) {
            number.writeAverage(sum(group), counts[group], out, row);
        } else if (oneLong(group)) {
            number.write(low[group], out, row);
        } else {
            number.write(sum(group), out, row);
        }
    }

    @Override
    void save(int groups, StateWriter out) {
        out.writeLongs(counts, groups);
        for (int group = 0; group < groups; group++) {
            boolean small = oneLong(group);
            out.writeBoolean(small);
            if (small) {
                out.writeLong(low[group]);
            } else {
                out.writeBytes(sum(group).toByteArray());
            }
        }
    }

    @Override
    void load(int groups, StateReader in) {
        counts = Arrays.copyOf(in.readLongs(groups), counts.length);
        for (int group = 0; group < groups; group++) {
            if (in.readBoolean()) {
                low[group] = in.readLong();
            } else {
                addWhole(group, new BigInteger(in.readBytes()));
            }
        }
    }
}
