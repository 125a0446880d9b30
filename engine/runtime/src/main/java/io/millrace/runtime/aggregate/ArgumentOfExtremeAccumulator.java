package io.millrace.runtime.aggregate;

import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.runtime.state.ValueOrder;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;

/** ARG_MIN and ARG_MAX where rows only come: the best row's value, and what it is the best by. */
final class ArgumentOfExtremeAccumulator extends Accumulator {

    private final boolean max;
    private final int argument;
    private final int by;
    private final ValueStore values;
    private final ValueStore extremes;
    private boolean[] present = {};

    ArgumentOfExtremeAccumulator(boolean max, int argument, DataType type, int by, DataType byType) {
        this.max = max;
        this.argument = argument;
        this.by = by;
        this.values = ValueStore.create(type);
        this.extremes = ValueStore.create(byType);
    }

    @Override
    void grow(int groups) {
        values.grow(groups);
        extremes.grow(groups);
        present = Growth.grown(present, groups);
    }

    @Override
    void clear(int group) {
        present[group] = false;
    }

    @Override
    void add(GroupedRows rows) {
        Column column = rows.column(argument);
        Column byColumn = rows.column(by);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            if (!column.isNull(row) && !byColumn.isNull(row)) {
                add(rows.groups()[i], column, row, byColumn, row);
            }
        }
    }

    private void add(int group, Column column, int row, Column byColumn, int byRow) {
        if (!present[group] || better(group, column, row, byColumn, byRow)) {
            values.set(group, column, row);
            extremes.set(group, byColumn, byRow);
            present[group] = true;
        }
    }

    private boolean better(int group, Column column, int row, Column byColumn, int byRow) {
        int order = ValueOrder.compare(byColumn, byRow, extremes.column(), extremes.place(group));
        if (order == 0) {
            order = ValueOrder.compare(column, row, values.column(), values.place(group));
        }
        return max ? order > 0 : order < 0;
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
        ArgumentOfExtremeAccumulator more = (ArgumentOfExtremeAccumulator) other;
        if (more.present[from]) {
            add(to, more.values.column(), more.values.place(from), more.extremes.column(), more.extremes.place(from));
        }
    }

    @Override
    void result(int group, Column out, int row) {
        if (present[group]) {
            out.copyFrom(values.column(), values.place(group), row);
        } else {
            out.setNull(row);
        }
    }

    @Override
    void save(int groups, StateWriter out) {
        for (int group = 0; group < groups; group++) {
            out.writeBoolean(present[group]);
            if (present[group]) {
                values.save(group, out);
                extremes.save(group, out);
            }
        }
    }

    @Override
    void load(int groups, StateReader in) {
        for (int group = 0; group < groups; group++) {
            present[group] = in.readBoolean();
            if (present[group]) {
                values.load(group, in);
                extremes.load(group, in);
            }
        }
    }
}
