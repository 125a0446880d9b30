package io.millrace.runtime.over;

import io.millrace.plan.SortKey;
import io.millrace.runtime.state.ValueOrder;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import java.util.List;

/** The order of rows by sort keys. */
final class RowOrder {

    private static final int INSERTION_MAX = 16;

    private final SortKey[] keys;

    RowOrder(List<SortKey> keys) {
        this.keys = keys.toArray(SortKey[]::new);
    }

    int compare(RowBatch batch, int left, int right) {
        for (SortKey key : keys) {
            int result = compare(key, batch.column(key.column()), left, right);
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

    /** Sorts the first row numbers of an array; rows with the same keys stay as they are. */
    void sort(RowBatch batch, int[] rows, int count) {
        if (!sorted(batch, rows, 0, count)) {
            mergeSort(batch, rows, new int[count], 0, count);
        }
    }

    private boolean sorted(RowBatch batch, int[] rows, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (compare(batch, rows[i - 1], rows[i]) > 0) {
                return false;
            }
        }
        return true;
    }

    private void mergeSort(RowBatch batch, int[] rows, int[] scratch, int from, int to) {
        if (to - from <= INSERTION_MAX) {
            insertionSort(batch, rows, from, to);
            return;
        }
        int middle = (from + to) >>> 1;
        mergeSort(batch, rows, scratch, from, middle);
        mergeSort(batch, rows, scratch, middle, to);
        if (compare(batch, rows[middle - 1], rows[middle]) > 0) {
            merge(batch, rows, scratch, from, middle, to);
        }
    }

    private void insertionSort(RowBatch batch, int[] rows, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int row = rows[i];
            int place = i;
            for (; place > from && compare(batch, rows[place - 1], row) > 0; place--) {
                rows[place] = rows[place - 1];
            }
            rows[place] = row;
        }
    }

    private void merge(RowBatch batch, int[] rows, int[] scratch, int from, int middle, int to) {
        System.arraycopy(rows, from, scratch, from, middle - from);
        int left = from;
        int right = middle;
        for (int at = from; left < middle; at++) {
            boolean takeRight = right < to && compare(batch, scratch[left], rows[right]) > 0;
            rows[at] = takeRight ? rows[right++] : scratch[left++];
        }
    }
}
