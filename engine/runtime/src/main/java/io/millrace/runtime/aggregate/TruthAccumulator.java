package io.millrace.runtime.aggregate;

import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.Column;
import java.util.Arrays;

/** EVERY and SOME: how often TRUE and how often FALSE was. */
final class TruthAccumulator extends Accumulator {

    private final boolean every;
    private final int argument;
    private long[] trues = {};
    private long[] falses = {};

    TruthAccumulator(boolean every, int argument) {
        this.every = every;
        this.argument = argument;
    }

    @Override
    void grow(int groups) {
        trues = Growth.grown(trues, groups);
        falses = Growth.grown(falses, groups);
    }

    @Override
    void clear(int group) {
        trues[group] = 0;
        falses[group] = 0;
    }

    @Override
    void add(GroupedRows rows) {
        BooleanColumn column = (BooleanColumn) rows.column(argument);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            if (!column.isNull(row)) {
                (column.get(row) ? trues : falses)[rows.groups()[i]] +=
                        rows.batch().weight(row);
            }
        }
    }

    @Override
    void merge(Accumulator other, int[] groups, int count) {
        TruthAccumulator more = (TruthAccumulator) other;
        for (int i = 0; i < count; i++) {
            if (groups[i] >= 0) {
                trues[groups[i]] += more.trues[i];
                falses[groups[i]] += more.falses[i];
            }
        }
    }

    @Override
    void result(int group, Column out, int row) {
        if (trues[group] == 0 && falses[group] == 0) {
            out.setNull(row);
        } else {
            ((BooleanColumn) out).set(row, every ? falses[group] == 0 : trues[group] > 0);
        }
    }

    @Override
    void save(int groups, StateWriter out) {
        out.writeLongs(trues, groups);
        out.writeLongs(falses, groups);
    }

    @Override
    void load(int groups, StateReader in) {
        trues = Arrays.copyOf(in.readLongs(groups), trues.length);
        falses = Arrays.copyOf(in.readLongs(groups), falses.length);
    }
}
