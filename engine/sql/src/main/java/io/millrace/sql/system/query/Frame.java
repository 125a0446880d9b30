package io.millrace.sql.system.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The row at hand, and those of the queries around it.
 *
 * @param values the row: a place for each column of everything in FROM
 * @param outer the row of the query around, null for the outermost
 * @param group the rows of the group that the row stands for, null where nothing is grouped
 */
record Frame(
        Context context,
        @Nullable Object[] values,
        @Nullable Frame outer,
        @Nullable List<@Nullable Object[]> group) {

    Frame(Context context, @Nullable Object[] values, @Nullable Frame outer) {
        this(context, values, outer, null);
    }

    /** Returns the frame so many queries outward. */
    Frame outward(int depth) {
        Frame frame = this;
        for (int i = 0; i < depth; i++) {
            if (frame.outer == null) {
                throw new IllegalStateException("no query around");
            }
            frame = frame.outer;
        }
        return frame;
    }
}
