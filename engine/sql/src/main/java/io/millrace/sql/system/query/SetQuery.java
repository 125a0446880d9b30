package io.millrace.sql.system.query;

import io.millrace.spi.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** UNION, INTERSECT and EXCEPT. */
record SetQuery(SqlKind kind, boolean all, Query left, Query right) implements Query {

    @Override
    public List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < left.columns().size(); i++) {
            Column a = left.columns().get(i);
            Column b = right.columns().get(i);
            DataType type = a.untyped() ? b.type() : b.untyped() ? a.type() : Types.wider(a.type(), b.type());
            columns.add(new Column(a.name(), type, a.untyped() && b.untyped()));
        }
        return columns;
    }

    @Override
    public List<@Nullable Object[]> rows(Context context, @Nullable Frame outer) {
        List<@Nullable Object[]> rows = new ArrayList<>(left.rows(context, outer));
        List<@Nullable Object[]> others = right.rows(context, outer);
        if (kind == SqlKind.UNION) {
            rows.addAll(others);
        } else {
            keep(rows, others);
        }
        if (!all) {
            distinct(rows);
        }
        return rows;
    }

    private void keep(List<@Nullable Object[]> rows, List<@Nullable Object[]> others) {
        Map<Object, Integer> counts = new HashMap<>();
        others.forEach(row -> counts.merge(key(row), 1, Integer::sum));
        boolean kept = kind == SqlKind.INTERSECT;
        rows.removeIf(row -> {
            int count = counts.getOrDefault(key(row), 0);
            if (all && count > 0) {
                counts.put(key(row), count - 1);
            }
            return (count > 0) != kept;
        });
    }

    static void distinct(List<@Nullable Object[]> rows) {
        Set<Object> seen = new HashSet<>();
        rows.removeIf(row -> !seen.add(key(row)));
    }

    static Object key(@Nullable Object[] row) {
        List<@Nullable Object> key = new ArrayList<>(row.length);
        for (Object value : row) {
            key.add(Values.key(value));
        }
        return key;
    }
}
