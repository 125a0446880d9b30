package io.millrace.sql.system.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled SELECT.
 *
 * @param grouped whether its rows stand for groups of rows
 */
record SelectQuery(
        RowPlan plan,
        Scope scope,
        Windows windows,
        boolean grouped,
        List<Expression> keys,
        @Nullable Expression having,
        List<Item> items,
        List<Ordering> orderings,
        boolean distinct)
        implements Query {

    /**
     * One of the SELECT list.
     *
     * @param many whether its value is a list that gives a row for each of its elements
     */
    record Item(String name, Expression expression, boolean many) {}

    /** A row and what it is sorted by. */
    private record Sortable(
            @Nullable Object[] row, @Nullable Object[] keys) {}

    @Override
    public List<Column> columns() {
        return items.stream()
                .map(item -> new Column(
                        item.name(), item.expression().type(), item.expression().untyped()))
                .toList();
    }

    @Override
    public List<@Nullable Object[]> rows(Context context, @Nullable Frame outer) {
        List<@Nullable Object[]> input = plan.rows(context, outer, new @Nullable Object[scope.width()]);
        windows.compute(input, context, outer);
        List<Sortable> output = new ArrayList<>();
        for (Frame frame : grouped ? groups(input, context, outer) : frames(input, context, outer)) {
            if (having == null || having.holds(frame)) {
                project(frame, output);
            }
        }
        if (distinct) {
            Set<Object> seen = new HashSet<>();
            output.removeIf(sortable -> !seen.add(SetQuery.key(sortable.row())));
        }
        if (!orderings.isEmpty()) {
            Comparator<@Nullable Object[]> order = Ordering.of(orderings);
            output.sort((a, b) -> order.compare(a.keys(), b.keys()));
        }
        List<@Nullable Object[]> rows = new ArrayList<>(output.size());
        output.forEach(sortable -> rows.add(sortable.row()));
        return rows;
    }

    private static List<Frame> frames(List<@Nullable Object[]> rows, Context context, @Nullable Frame outer) {
        List<Frame> frames = new ArrayList<>(rows.size());
        rows.forEach(row -> frames.add(new Frame(context, row, outer)));
        return frames;
    }

    private List<Frame> groups(List<@Nullable Object[]> rows, Context context, @Nullable Frame outer) {
        Map<List<@Nullable Object>, List<@Nullable Object[]>> groups = new LinkedHashMap<>();
        if (keys.isEmpty()) {
            groups.put(List.of(), rows);
        }
        for (Frame frame : keys.isEmpty() ? List.<Frame>of() : frames(rows, context, outer)) {
            List<@Nullable Object> key = new ArrayList<>();
            keys.forEach(expression -> key.add(Values.key(expression.value(frame))));
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(frame.values());
        }
        List<Frame> frames = new ArrayList<>();
        for (List<@Nullable Object[]> group : groups.values()) {
            @Nullable Object[] first = group.isEmpty() ? new @Nullable Object[scope.width()] : group.getFirst();
            frames.add(new Frame(context, first, outer, group));
        }
        return frames;
    }

    private void project(Frame frame, List<Sortable> output) {
        @Nullable Object[] row = new @Nullable Object[items.size()];
        int count = -1;
        for (int i = 0; i < row.length; i++) {
            row[i] = items.get(i).expression().value(frame);
            if (items.get(i).many()) {
                count = Math.max(count, list(row[i]).size());
            }
        }
        @Nullable Object[] sortKeys = Ordering.keys(orderings, frame);
        if (count < 0) {
            output.add(new Sortable(row, sortKeys));
        }
        for (int i = 0; i < count; i++) {
            output.add(new Sortable(expanded(row, i), sortKeys));
        }
    }

    private @Nullable Object[] expanded(@Nullable Object[] row, int index) {
        @Nullable Object[] expanded = row.clone();
        for (int i = 0; i < row.length; i++) {
            if (items.get(i).many()) {
                List<? extends @Nullable Object> list = list(row[i]);
                expanded[i] = index < list.size() ? list.get(index) : null;
            }
        }
        return expanded;
    }

    private static List<? extends @Nullable Object> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
