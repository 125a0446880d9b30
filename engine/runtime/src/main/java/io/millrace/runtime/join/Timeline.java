package io.millrace.runtime.join;

import io.millrace.runtime.state.ValueOrder;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;

/**
 * Stored rows of one key in the order of their time; of several at the same time, that which counts stands nearest to
 * those who look for it. Put in order when somebody looks.
 */
final class Timeline {

    private final boolean after;
    private final int timeColumn;
    private int[] rows = new int[4];
    private int start;
    private int end;
    private boolean sorted = true;

    /** @param after whether the first row from a time on is looked for, or the last up to it */
    Timeline(boolean after, int timeColumn) {
        this.after = after;
        this.timeColumn = timeColumn;
    }

    int size() {
        return end - start;
    }

    void add(int row, RowBatch stored) {
        if (end == rows.length) {
            makeRoom();
        }
        sorted = sorted && (size() == 0 || compare(stored, rows[end - 1], row) <= 0);
        rows[end++] = row;
    }

    private void makeRoom() {
        int count = size();
        int[] target = 2 * count > rows.length ? new int[2 * rows.length] : rows;
        System.arraycopy(rows, start, target, 0, count);
        rows = target;
        start = 0;
        end = count;
    }

    private int compare(RowBatch stored, int a, int b) {
        int byTime = Long.compare(time(stored, a), time(stored, b));
        if (byTime != 0) {
            return byTime;
        }
        for (int i = 0; i < stored.columnCount(); i++) {
            Column column = stored.column(i);
            int byValue = ValueOrder.compareNullsFirst(column, a, column, b);
            if (byValue != 0) {
                return after ? -byValue : byValue;
            }
        }
        return 0;
    }

    private long time(RowBatch stored, int row) {
        return ((LongColumn) stored.column(timeColumn)).get(row);
    }

    private void sort(RowBatch stored) {
        if (!sorted) {
            Integer[] order = Arrays.stream(rows, start, end).boxed().toArray(Integer[]::new);
            Arrays.sort(order, (a, b) -> compare(stored, a, b));
            for (int i = 0; i < order.length; i++) {
                rows[start + i] = order[i];
            }
            sorted = true;
        }
    }

    /** Returns the row at a place from 0; there is one. */
    int at(int place, RowBatch stored) {
        sort(stored);
        return rows[start + place];
    }

    void removeFirst() {
        start++;
    }

    /** Returns how many rows have a time below this one, or of just this one where that is asked for. */
    int countBelow(long time, boolean included, RowBatch stored) {
        sort(stored);
        int low = start;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            long there = time(stored, rows[middle]);
            if (there < time || (included && there == time)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - start;
    }
}
