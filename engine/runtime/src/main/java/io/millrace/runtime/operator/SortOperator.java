package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.plan.SortKey;
import io.millrace.runtime.state.RowCopy;
import io.millrace.runtime.state.ValueOrder;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the rows of a bounded query. Equal rows keep the order in which they came. With a limit it keeps few more rows
 * than that.
 */
final class SortOperator extends Operator {

    private static final int KEPT_ROWS_MIN = 65_536;

    private final List<SortKey> keys;
    private final long offset;
    private final long end;
    private final RowBatch out;
    private RowBatch rows;
    private Integer[] order = {};
    private int given;
    private boolean sorted;

    SortOperator(PlanNode.Sort node, RowRange range, Operator input) {
        super(node.id(), node.rowType(), input);
        this.keys = node.keys();
        this.offset = range.offset();
        this.end = range.end();
        this.rows = RowBatch.create(node.rowType(), 0);
        this.out = RowBatch.create(node.rowType(), 0);
    }

    @Override
    protected @Nullable RowBatch produce() {
        if (!sorted) {
            collect();
            sort();
            given = (int) Math.min(offset, order.length);
            sorted = true;
        }
        out.clear();
        long last = Math.min(end, order.length);
        while (given < last && out.size() < BATCH_ROWS_MAX) {
            out.appendFrom(rows, order[given++]);
        }
        return out.size() > 0 ? out : null;
    }

    private void collect() {
        for (RowBatch batch = input().next(); batch != null; batch = input().next()) {
            RowCopy.append(rows, batch);
            if (end < Long.MAX_VALUE && rows.size() > KEPT_ROWS_MIN && rows.size() / 4 > end) {
                keepFirst((int) end);
            }
        }
    }

    private void keepFirst(int count) {
        sort();
        Arrays.sort(order, 0, count);
        RowBatch kept = RowBatch.create(rowType(), count);
        for (int i = 0; i < count; i++) {
            kept.appendFrom(rows, order[i]);
        }
        rows = kept;
    }

    private void sort() {
        order = new Integer[rows.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        Arrays.sort(order, this::compare);
    }

    private int compare(int left, int right) {
        for (SortKey key : keys) {
            int result = compare(key, rows.column(key.column()), left, right);
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    private static int compare(SortKey key, Column column, int left, int right) {
        boolean leftNull = column.isNull(left);
        boolean rightNull = column.isNull(right);
        if (leftNull || rightNull) {
            int nullsLast = Boolean.compare(leftNull, rightNull);
            return key.nullsFirst() ? -nullsLast : nullsLast;
        }
        int result = ValueOrder.compare(column, left, column, right);
        return key.descending() ? -result : result;
    }

    @Override
    public long bound(int column) {
        return input().bound(column);
    }
}
