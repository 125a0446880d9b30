package io.millrace.runtime.aggregate;

import io.millrace.plan.AggregateFunction;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.runtime.state.ValueOrder;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import java.util.Arrays;

/**
 * One value of any type per group, where rows only come: MIN and MAX, FIRST_VALUE, LAST_VALUE and ANY_VALUE. The
 * latter go by the order in which rows came.
 */
final class ValueAccumulator extends Accumulator implements GroupMerging {

    private final AggregateFunction function;
    private final int argument;
    private final ValueStore store;
    private boolean[] present = {};
    private long[] ordinals = {};

    ValueAccumulator(AggregateFunction function, int argument, DataType type) {
        this.function = function;
        this.argument = argument;
        this.store = ValueStore.create(type);
    }

    @Override
    void grow(int groups) {
        store.grow(groups);
        present = Growth.grown(present, groups);
        ordinals = Growth.grown(ordinals, groups);
    }

    @Override
    void clear(int group) {
        present[group] = false;
    }

    @Override
    void add(GroupedRows rows) {
        Column column = rows.column(argument);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            add(rows.groups()[i], column, row, rows.ordinal(row));
        }
    }

    private void add(int group, Column column, int row, long ordinal) {
        if (replaces(group, column, row, ordinal)) {
            store.set(group, column, row);
            present[group] = true;
            ordinals[group] = ordinal;
        }
    }

    private boolean replaces(int group, Column column, int row, long ordinal) {
        if (ignoresNulls() && column.isNull(row)) {
            return false;
        }
        if (!present[group]) {
            return true;
        }
        return switch (function) {
            case MIN -> ValueOrder.compare(column, row, store.column(), store.place(group)) < 0;
            case MAX -> ValueOrder.compare(column, row, store.column(), store.place(group)) > 0;
            case LAST_VALUE -> ordinal > ordinals[group];
            default -> ordinal < ordinals[group];
        };
    }

    private boolean ignoresNulls() {
        return function == AggregateFunction.MIN
                || function == AggregateFunction.MAX
                || function == AggregateFunction.ANY_VALUE;
    }

    @Override
    void merge(Accumulator other, int[] groups, int count) {
        ValueAccumulator more = (ValueAccumulator) other;
        for (int i = 0; i < count; i++) {
            if (groups[i] >= 0) {
                mergeGroup(more, i, groups[i]);
            }
        }
    }

    @Override
    public void mergeGroup(Accumulator other, int from, int to) {
        ValueAccumulator more = (ValueAccumulator) other;
        if (more.present[from]) {
            add(to, more.store.column(), more.store.place(from), more.ordinals[from]);
        }
    }

    @Override
    void result(int group, Column out, int row) {
        if (present[group]) {
            out.copyFrom(store.column(), store.place(group), row);
        } else {
            out.setNull(row);
        }
    }

    @Override
    void save(int groups, StateWriter out) {
        out.writeLongs(ordinals, groups);
        for (int group = 0; group < groups; group++) {
            out.writeBoolean(present[group]);
            if (present[group]) {
                store.save(group, out);
            }
        }
    }

    @Override
    void load(int groups, StateReader in) {
        ordinals = Arrays.copyOf(in.readLongs(groups), ordinals.length);
        for (int group = 0; group < groups; group++) {
            present[group] = in.readBoolean();
            if (present[group]) {
                store.load(group, in);
            }
        }
    }
}
