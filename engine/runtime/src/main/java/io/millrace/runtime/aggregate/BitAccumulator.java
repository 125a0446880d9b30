package io.millrace.runtime.aggregate;

import io.millrace.plan.AggregateFunction;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import java.util.Arrays;

/** BIT_AND and BIT_OR where rows only come, and BIT_XOR, which takes a row away by adding it once more. */
final class BitAccumulator extends Accumulator {

    private final AggregateFunction function;
    private final int argument;
    private long[] bits = {};
    private long[] counts = {};

    BitAccumulator(AggregateFunction function, int argument) {
        this.function = function;
        this.argument = argument;
    }

    @Override
    void grow(int groups) {
        bits = Growth.grown(bits, groups);
        counts = Growth.grown(counts, groups);
    }

    @Override
    void clear(int group) {
        counts[group] = 0;
        bits[group] = 0;
    }

    @Override
    void add(GroupedRows rows) {
        Column column = rows.column(argument);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            if (!column.isNull(row)) {
                add(rows.groups()[i], Integers.read(column, row), rows.batch().weight(row));
            }
        }
    }

    private void add(int group, long value, long count) {
        bits[group] = switch (function) {
            case BIT_XOR -> (count & 1) == 0 ? bits[group] : bits[group] ^ value;
            case BIT_AND -> counts[group] == 0 ? value : bits[group] & value;
            default -> bits[group] | value;
        };
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
        BitAccumulator more = (BitAccumulator) other;
        if (function == AggregateFunction.BIT_XOR) {
            bits[to] ^= more.bits[from];
            counts[to] += more.counts[from];
        } else if (more.counts[from] > 0) {
            add(to, more.bits[from], more.counts[from]);
        }
    }

    @Override
    void result(int group, Column out, int row) {
        if (counts[group] == 0) {
            out.setNull(row);
        } else {
            Integers.write(bits[group], out, row);
        }
    }

    @Override
    void save(int groups, StateWriter out) {
        out.writeLongs(counts, groups);
        out.writeLongs(bits, groups);
    }

    @Override
    void load(int groups, StateReader in) {
        counts = Arrays.copyOf(in.readLongs(groups), counts.length);
        bits = Arrays.copyOf(in.readLongs(groups), bits.length);
    }
}
