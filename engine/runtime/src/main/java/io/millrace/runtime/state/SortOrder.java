package io.millrace.runtime.state;

import io.millrace.plan.SortKey;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import java.util.List;

/** The order of rows that ORDER BY says. */
public final class SortOrder {

    private final List<SortKey> keys;

    public SortOrder(List<SortKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Compares a row of one batch with a row of another, or of the same. */
    public int compare(RowBatch left, int leftRow, RowBatch right, int rightRow) {
        for (SortKey key : keys) {
            int result = compare(key, left.column(key.column()), leftRow, right.column(key.column()), rightRow);
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    private static int compare(SortKey key, Column left, int leftRow, Column right, int rightRow) {
        boolean leftNull = left.isNull(leftRow);
        boolean rightNull = right.isNull(rightRow);
        if (leftNull || rightNull) {
            int nullsLast = Boolean.compare(leftNull, rightNull);
            return key.nullsFirst() ? -nullsLast : nullsLast;
        }
        int result = ValueOrder.compare(left, leftRow, right, rightRow);
        return key.descending() ? -result : result;
    }
}
