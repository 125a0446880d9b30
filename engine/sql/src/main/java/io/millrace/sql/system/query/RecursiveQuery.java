package io.millrace.sql.system.query;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code WITH RECURSIVE … UNION}: the rows of the first query, and what the second makes of those that were found last,
 * until it finds none.
 *
 * @param all whether a row may come twice
 * @param found what the second query sees of the last round
 */
record RecursiveQuery(Query first, Query again, boolean all, WorkingTable found) implements Query {

    /** Most rows, so that a query that never ends does. */
    static final int ROWS_MAX = 100_000;

    @Override
    public List<Column> columns() {
        return found.columns();
    }

    @Override
    public List<@Nullable Object[]> rows(Context context, @Nullable Frame outer) {
        Set<Object> seen = new HashSet<>();
        List<@Nullable Object[]> last = fresh(first.rows(context, outer), seen);
        List<@Nullable Object[]> rows = new ArrayList<>(last);
        while (!last.isEmpty()) {
            context.working().put(found, last);
            last = fresh(again.rows(context, outer), seen);
            rows.addAll(last);
            if (rows.size() > ROWS_MAX) {
                throw new MillraceException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "a recursive query over catalog relations has more than " + ROWS_MAX + " rows");
            }
        }
        context.working().remove(found);
        return rows;
    }

    private List<@Nullable Object[]> fresh(List<@Nullable Object[]> rows, Set<Object> seen) {
        List<@Nullable Object[]> fresh = new ArrayList<>(rows);
        if (!all) {
            fresh.removeIf(row -> !seen.add(SetQuery.key(row)));
        }
        return fresh;
    }
}
