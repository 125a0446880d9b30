package io.millrace.sql.system.query;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key of an ORDER BY. NULL is greater than all, unless the query says otherwise.
 *
 * @param descending whether the greatest comes first
 * @param nullsFirst where NULLs come
 */
record Ordering(Expression key, boolean descending, boolean nullsFirst) {

    int compare(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            int nullOrder = Boolean.compare(a == null, b == null);
            return nullsFirst ? -nullOrder : nullOrder;
        }
        int order = Values.compare(a, b);
        return descending ? -order : order;
    }

    /** Returns the order of rows of key values. */
    static Comparator<@Nullable Object[]> of(List<Ordering> orderings) {
        return (a, b) -> {
            for (int i = 0; i < orderings.size(); i++) {
                int order = orderings.get(i).compare(a[i], b[i]);
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    static @Nullable Object[] keys(List<Ordering> orderings, Frame frame) {
        @Nullable Object[] keys = new @Nullable Object[orderings.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = orderings.get(i).key().value(frame);
        }
        return keys;
    }
}
