package io.millrace.sql.system.query;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
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
        long from = Math.min(rows.size(), number(offset, frame, 0, ErrorCode.INVALID_OFFSET));
        long to = Math.min(
                rows.size(), from + Math.min(rows.size(), number(fetch, frame, rows.size(), ErrorCode.INVALID_LIMIT)));
        return rows.subList((int) from, (int) to);
    }

    private static long number(@Nullable Expression expression, Frame frame, long otherwise, ErrorCode negative) {
        Object value = expression == null ? null : expression.value(frame);
        long number = value == null ? otherwise : Values.number(value).longValue();
        if (number < 0) {
            throw new MillraceException(
                    negative,
                    (negative == ErrorCode.INVALID_LIMIT ? "LIMIT" : "OFFSET") + " must not be negative",
                    "give 0 or more");
        }
        return number;
    }
}
