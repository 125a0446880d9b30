package io.millrace.runtime.aggregate;

import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import java.util.Arrays;

/** BIT_AND and BIT_OR where rows can go again: of each bit, how many values have it. */
final class BitCountAccumulator extends Accumulator {

    private final boolean all;
    private final int argument;
    private long[] counts = {};
    private long[] ones = {};

    /**
     * @param all whether a bit must be set in all values, and not in any
     */
    BitCountAccumulator(boolean all, int argument) {
        this.all = all;
        this.argument = argument;
    }

    @Override
    void grow(int groups) {
        counts = Growth.grown(counts, groups);
        ones = Growth.grown(ones, Math.multiplyExact(groups, Long.SIZE));
    }

    @Override
    void clear(int group) {
        counts[group] = 0;
        Arrays.fill(ones, group * Long.SIZE, (group + 1) * Long.SIZE, 0);
    }

    @Override
    void add(GroupedRows rows) {
        Column column = rows.column(argument);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            if (!column.isNull(row)) {
                int group = rows.groups()[i];
                int weight = rows.batch().weight(row);
                counts[group] += weight;
                long bits = Integers.read(column, row);
                while (bits != 0) {
                    ones[group * Long.SIZE + Long.numberOfTrailingZeros(bits)] += weight;
                    bits &= bits - 1;
                }
            }
        }
    }

    @Override
    void merge(Accumulator other, int[] groups, int count) {
        BitCountAccumulator more = (BitCountAccumulator) other;
        for (int i = 0; i < count; i++) {
            if (groups[i] >= 0) {
                counts[groups[i]] += more.counts[i];
                for (int bit = 0; bit < Long.SIZE; bit++) {
                    ones[groups[i] * Long.SIZE + bit] += more.ones[i * Long.SIZE + bit];
                }
            }
        }
    }

    @Override
    void result(int group, Column out, int row) {
        if (counts[group] == 0) {
            out.setNull(row);
            return;
        }
        long bits = 0;
        for (int bit = 0; bit < Long.SIZE; bit++) {
            long having = ones[group * Long.SIZE + bit];
            if (all ? having == counts[group] : having > 0) {
                bits |= 1L << bit;
            }
        }
        Integers.write(bits, out, row);
    }

    @Override
    void save(int groups, StateWriter out) {
        out.writeLongs(counts, groups);
        out.writeLongs(ones, groups * Long.SIZE);
    }

    @Override
    void load(int groups, StateReader in) {
        counts = Arrays.copyOf(in.readLongs(groups), counts.length);
        ones = Arrays.copyOf(in.readLongs(groups * Long.SIZE), ones.length);
    }
}
