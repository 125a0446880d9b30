package io.millrace.sql.system.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a query's rows. */
record LimitedQuery(
        Query query, @Nullable Expression offset, @Nullable Expression fetch) implements Query {

    @Override
    public List<Column> columns() {
        return query.columns();
    }

    @Override
    public List<@Nullable Object[]> rows(Context context, @Nullable Frame outer) {
        List<@Nullable Object[]> rows = query.rows(context, outer);
        Frame frame = new Frame(context, new @Nullable Object[0], outer);
        long from = Math.min(rows.size(), number(offset, frame, 0));
        long to = Math.min(rows.size(), from + Math.min(rows.size(), number(fetch, frame, rows.size())));
        return rows.subList((int) from, (int) to);
    }

    private static long number(@Nullable Expression expression, Frame frame, long otherwise) {
        Object value = expression == null ? null : expression.value(frame);
        return value == null ? otherwise : Math.max(0, Values.number(value).longValue());
    }
}
