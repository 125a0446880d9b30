package io.millrace.runtime.over;

import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.IdleGroups;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;

/** Row numbers of rows that wait to enter their partitions, in the order in which they came. */
public final class WaitingRows {

    private int[] rows = {};
    private int count;

    public int count() {
        return count;
    }

    public int row(int index) {
        return rows[index];
    }

    /** Adds rows with numbers that follow one another. */
    public void add(int first, int more) {
        if (rows.length < count + more) {
            rows = Arrays.copyOf(rows, Math.max(count + more, 2 * rows.length));
        }
        for (int i = 0; i < more; i++) {
            rows[count++] = first + i;
        }
    }

    /** Returns the least time of a row. */
    public long leastTime(IntToLongFunction time) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, time.applyAsLong(rows[i]));
        }
        return least;
    }

    /** Takes all rows out. */
    public int[] takeAll() {
        int[] all = Arrays.copyOf(rows, count);
        count = 0;
        return all;
    }

    /** Takes out the rows with a time before the bound. */
    public int[] takeBefore(long bound, IntToLongFunction time) {
        int[] taken = new int[count];
        int takenCount = 0;
        int left = 0;
        for (int i = 0; i < count; i++) {
            if (time.applyAsLong(rows[i]) < bound) {
                taken[takenCount++] = rows[i];
            } else {
                rows[left++] = rows[i];
            }
        }
        count = left;
        return Arrays.copyOf(taken, takenCount);
    }

    /** Has the partitions stay that rows are here for, though they have not entered. */
    public void spare(RowBatch of, GroupTable partitions, int[] keys, IdleGroups idle) {
        GroupedRows found = new GroupedRows();
        found.start(of, count, 0);
        System.arraycopy(rows, 0, found.rows(), 0, count);
        partitions.lookup(found, keys);
        for (int i = 0; i < count; i++) {
            if (found.groups()[i] != GroupTable.NO_GROUP) {
                idle.spare(found.groups()[i]);
            }
        }
    }

    /** Gives each row its number in another batch. */
    public void renumber(IntUnaryOperator numbers) {
        for (int i = 0; i < count; i++) {
            rows[i] = numbers.applyAsInt(rows[i]);
        }
    }
}
