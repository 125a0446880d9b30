package io.millrace.runtime.aggregate;

import io.millrace.plan.AggregateFunction;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.runtime.state.ValueCodec;
import io.millrace.runtime.state.ValueOrder;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * MIN, MAX, FIRST_VALUE, LAST_VALUE and ANY_VALUE where rows can go again: per group all values, in order, each with
 * its count. A count may be below zero for a moment within a step.
 */
final class MultisetAccumulator extends Accumulator {

    private final AggregateFunction function;
    private final int argument;
    private final DataType type;
    private final List<@Nullable NavigableMap<Value, long[]>> groups = new ArrayList<>();

    MultisetAccumulator(AggregateFunction function, int argument, DataType type) {
        this.function = function;
        this.argument = argument;
        this.type = type;
    }

    @Override
    void grow(int count) {
        while (groups.size() < count) {
            groups.add(null);
        }
    }

    @Override
    void clear(int group) {
        groups.set(group, null);
    }

    @Override
    void add(GroupedRows rows) {
        Column column = rows.column(argument);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            if (!column.isNull(row) || !ignoresNulls()) {
                Value value = Value.copy(type, column, row);
                int weight = rows.batch().weight(row);
                if (byOrder()) {
                    addInOrder(rows.groups()[i], value.at(rows.ordinal(row)), weight);
                } else {
                    add(rows.groups()[i], value, weight);
                }
            }
        }
    }

    private void add(int group, Value value, long weight) {
        NavigableMap<Value, long[]> values = values(group);
        long[] count = values.computeIfAbsent(value, v -> new long[1]);
        count[0] += weight;
        if (count[0] == 0) {
            values.remove(value);
        }
    }

    /** A row that goes takes the oldest equal value with it. */
    private void addInOrder(int group, Value value, long weight) {
        if (weight > 0) {
            add(group, value, weight);
            return;
        }
        for (Value older : values(group).keySet()) {
            if (older.sameValue(value)) {
                add(group, older, weight);
                return;
            }
        }
        add(group, value, weight);
    }

    private NavigableMap<Value, long[]> values(int group) {
        NavigableMap<Value, long[]> values = groups.get(group);
        if (values == null) {
            values = new TreeMap<>();
            groups.set(group, values);
        }
        return values;
    }

    private boolean byOrder() {
        return function != AggregateFunction.MIN && function != AggregateFunction.MAX;
    }

    private boolean ignoresNulls() {
        return function != AggregateFunction.FIRST_VALUE && function != AggregateFunction.LAST_VALUE;
    }

    @Override
    void merge(Accumulator other, int[] targets, int count) {
        MultisetAccumulator more = (MultisetAccumulator) other;
        for (int i = 0; i < count; i++) {
            NavigableMap<Value, long[]> values = more.groups.get(i);
            if (targets[i] >= 0 && values != null) {
                int target = targets[i];
                values.forEach((value, weight) -> add(target, value, weight[0]));
            }
        }
    }

    @Override
    void result(int group, Column out, int row) {
        NavigableMap<Value, long[]> values = groups.get(group);
        if (values == null || values.isEmpty()) {
            out.setNull(row);
            return;
        }
        boolean last = function == AggregateFunction.MAX || function == AggregateFunction.LAST_VALUE;
        Value value = last ? values.lastKey() : values.firstKey();
        out.copyFrom(value.column(), 0, row);
    }

    @Override
    void save(int count, StateWriter out) {
        for (int group = 0; group < count; group++) {
            NavigableMap<Value, long[]> values = groups.get(group);
            out.writeInt(values == null ? 0 : values.size());
            if (values != null) {
                values.forEach((value, weight) -> {
                    out.writeLong(value.ordinal());
                    out.writeLong(weight[0]);
                    ValueCodec.write(value.column(), 0, out);
                });
            }
        }
    }

    @Override
    void load(int count, StateReader in) {
        for (int group = 0; group < count; group++) {
            int values = in.readCount(17);
            for (int i = 0; i < values; i++) {
                long ordinal = in.readLong();
                long weight = in.readLong();
                Column column = Column.create(type, 1);
                ValueCodec.read(in, column, 0);
                add(group, new Value(column, ordinal), weight);
            }
        }
    }

    /**
     * A value of its own, in a column of one row.
     *
     * @param ordinal where it came in the order of rows; 0 where that does not matter
     */
    private record Value(Column column, long ordinal) implements Comparable<Value> {

        static Value copy(DataType type, Column source, int row) {
            Column column = Column.create(type, 1);
            column.copyFrom(source, row, 0);
            return new Value(column, 0);
        }

        Value at(long newOrdinal) {
            return new Value(column, newOrdinal);
        }

        boolean sameValue(Value other) {
            return ValueOrder.compareNullsFirst(column, 0, other.column, 0) == 0;
        }

        @Override
        public int compareTo(Value other) {
            int order = Long.compare(ordinal, other.ordinal);
            return order != 0 ? order : ValueOrder.compareNullsFirst(column, 0, other.column, 0);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Value value && compareTo(value) == 0;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(ordinal);
        }
    }
}
