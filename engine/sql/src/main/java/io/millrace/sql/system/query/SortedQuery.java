package io.millrace.sql.system.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query's rows in order. */
record SortedQuery(Query query, List<Ordering> orderings) implements Query {

    @Override
    public List<Column> columns() {
        return query.columns();
    }

    @Override
    public List<@Nullable Object[]> rows(Context context, @Nullable Frame outer) {
        List<@Nullable Object[]> rows = new ArrayList<>(query.rows(context, outer));
        var order = Ordering.of(orderings);
        rows.sort((a, b) -> order.compare(
                Ordering.keys(orderings, new Frame(context, a, outer)),
                Ordering.keys(orderings, new Frame(context, b, outer))));
        return rows;
    }
}
