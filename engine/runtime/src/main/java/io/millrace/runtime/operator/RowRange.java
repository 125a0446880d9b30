package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.spi.error.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of an input's rows are put out.
 *
 * @param offset how many are passed over
 * @param limit how many are given, {@link Long#MAX_VALUE} for all
 */
record RowRange(long offset, long limit) {

    /** Returns the range in a run with these parameters; as in PostgreSQL a LIMIT of NULL is none. */
    static RowRange of(PlanNode.Sort sort, List<? extends @Nullable Object> parameters) {
        long limit = sort.limit().in(parameters, -1, ErrorCode.INVALID_LIMIT);
        long offset = sort.offset().in(parameters, 0, ErrorCode.INVALID_OFFSET);
        return new RowRange(offset, limit < 0 ? Long.MAX_VALUE : limit);
    }

    /** Returns how many rows of the input matter. */
    long end() {
        long end = offset + limit;
        return end < 0 ? Long.MAX_VALUE : end;
    }
}
