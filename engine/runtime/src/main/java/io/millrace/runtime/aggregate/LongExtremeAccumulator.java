package io.millrace.runtime.aggregate;

import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import java.util.Arrays;

/** MIN and MAX of what lies in ints and longs, where rows only come. */
final class LongExtremeAccumulator extends Accumulator implements GroupMerging {

    private final boolean max;
    private final int argument;
    private long[] values = {};
    private boolean[] present = {};

    LongExtremeAccumulator(boolean max, int argument) {
        this.max = max;
        this.argument = argument;
    }

    @Override
    void grow(int groups) {
        values = Growth.grown(values, groups);
        present = Growth.grown(present, groups);
    }

    @Override
    void clear(int group) {
        present[group] = false;
    }

    @Override
    void add(GroupedRows rows) {
        Column column = rows.column(argument);
        if (column instanceof LongColumn longs) {
            addLongs(rows, longs);
        } else {
            addInts(rows, (IntColumn) column);
        }
    }

    private void addLongs(GroupedRows rows, LongColumn column) {
        long[] cells = column.values();
        boolean[] nulls = column.nulls();
        int[] numbers = rows.rows();
        int[] groups = rows.groups();
        int count = rows.count();
        for (int i = 0; i < count; i++) {
            int row = numbers[i];
            if (nulls == null || !nulls[row]) {
                add(groups[i], cells[row]);
            }
        }
    }

    private void addInts(GroupedRows rows, IntColumn column) {
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            if (!column.isNull(row)) {
                add(rows.groups()[i], column.get(row));
            }
        }
    }

    private void add(int group, long value) {
        long now = values[group];
        if (!present[group] || (max ? value > now : value < now)) {
            values[group] = value;
            present[group] = true;
        }
    }

    @Override
    void merge(Accumulator other, int[] groups, int count) {
        LongExtremeAccumulator more = (LongExtremeAccumulator) other;
        for (int i = 0; i < count; i++) {
            if (groups[i] >= 0) {
                mergeGroup(more, i, groups[i]);
            }
        }
    }

    @Override
    public void mergeGroup(Accumulator other, int from, int to) {
        LongExtremeAccumulator more = (LongExtremeAccumulator) other;
        if (more.present[from]) {
            add(to, more.values[from]);
        }
    }

    @Override
    void result(int group, Column out, int row) {
        if (!present[group]) {
            out.setNull(row);
        } else if (out instanceof LongColumn longs) {
            longs.set(row, values[group]);
        } else {
            ((IntColumn) out).set(row, (int) values[group]);
        }
    }

    @Override
    void save(int groups, StateWriter out) {
        out.writeLongs(values, groups);
        for (int group = 0; group < groups; group++) {
            out.writeBoolean(present[group]);
        }
    }

    @Override
    void load(int groups, StateReader in) {
        values = Arrays.copyOf(in.readLongs(groups), values.length);
        for (int group = 0; group < groups; group++) {
            present[group] = in.readBoolean();
        }
    }
}
