package io.millrace.runtime.state;

import io.millrace.plan.SortKey;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import java.util.List;

/** The order of rows by sort keys. */
public final class RowOrder {

    private static final int INSERTION_MAX = 16;

    private final SortKey[] keys;

    private final boolean total;

    private RowOrder(List<SortKey> keys, boolean total) {
        this.keys = keys.toArray(SortKey[]::new);
        this.total = total;
    }

    /** Returns the order in which rows with the same keys are equal. */
    public static RowOrder by(List<SortKey> keys) {
        return new RowOrder(keys, false);
    }

    /** Returns the order in which rows with the same keys follow by all their values, so that only equal rows are equal. */
    public static RowOrder total(List<SortKey> keys) {
        return new RowOrder(keys, true);
    }

    public int compare(RowBatch batch, int left, int right) {
        return compare(batch, left, batch, right);
    }

    /** Compares rows of two batches of the same columns. */
    public int compare(RowBatch left, int leftRow, RowBatch right, int rightRow) {
        for (SortKey key : keys) {
            int column = key.column();
            int result = compare(key, left.column(column), leftRow, right.column(column), rightRow);
            if (result != 0) {
                return result;
            }
        }
        return total ? compareValues(left, leftRow, right, rightRow) : 0;
    }

    private static int compareValues(RowBatch left, int leftRow, RowBatch right, int rightRow) {
        for (int i = 0; i < left.columnCount(); i++) {
            int result = ValueOrder.compareNullsFirst(left.column(i), leftRow, right.column(i), rightRow);
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

    /** Sorts the first row numbers of an array; rows with the same keys stay as they are. */
    public void sort(RowBatch batch, int[] rows, int count) {
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
