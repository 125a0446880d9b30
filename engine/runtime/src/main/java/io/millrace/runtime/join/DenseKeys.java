package io.millrace.runtime.join;

import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.KeyNumbers;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keys of one column of integers, dates or times that lie close together, as those that a sequence gave do: a key's
 * number stands at its distance from the least, so that finding it takes one look and no hash.
 *
 * <pre>
 *   numbers  │ 0 │ -1 │ 2 │ 1 │      by key − least; -1 where no row has the key
 * </pre>
 */
final class DenseKeys implements KeyNumbers {

    /** Places for a key, at most: more would touch more memory than a hash table does. */
    private static final int PLACES_PER_KEY_MAX = 4;

    private static final int PLACES_LEAST = 1 << 12;

    private final int column;
    private final long least;
    private final int[] numbers;
    private int size;

    private DenseKeys(int column, long least, int places) {
        this.column = column;
        this.least = least;
        this.numbers = new int[places];
        Arrays.fill(numbers, GroupTable.NO_GROUP);
    }

    /** Makes one that has room for the keys of these rows; null where they are NULL, of another kind, or far apart. */
    static @Nullable DenseKeys of(GroupedRows rows, int column) {
        Column values = rows.column(column);
        boolean integers = values instanceof LongColumn || values instanceof IntColumn;
        if (!integers || values.nulls() != null || rows.count() == 0) {
            return null;
        }
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        int[] at = rows.rows();
        for (int i = 0; i < rows.count(); i++) {
            long key = key(values, at[i]);
            least = Math.min(least, key);
            most = Math.max(most, key);
        }
        long places = most - least + 1;
        long placesMax = Math.max(PLACES_LEAST, (long) PLACES_PER_KEY_MAX * rows.count());
        return places <= 0 || places > Math.min(placesMax, Integer.MAX_VALUE - 8)
                ? null
                : new DenseKeys(column, least, (int) places);
    }

    private static long key(Column values, int row) {
        return values instanceof LongColumn longs ? longs.values()[row] : ((IntColumn) values).values()[row];
    }

    @Override
    public int size() {
        return size;
    }

    /** Returns whether every place is that of a key. */
    boolean full() {
        return size == numbers.length;
    }

    /** Returns the number of the key at each place, for as many as there are places. */
    int[] numbers() {
        return numbers;
    }

    /** Returns keys like these, where each has its place for a number. All places are those of keys. */
    KeyNumbers renumbered() {
        return new SequenceKeys(column, least, numbers.length);
    }

    @Override
    public void find(GroupedRows rows) {
        Column values = rows.column(column);
        int[] at = rows.rows();
        int[] groups = rows.groups();
        for (int i = 0; i < rows.count(); i++) {
            int place = (int) (key(values, at[i]) - least);
            if (numbers[place] < 0) {
                numbers[place] = size++;
            }
            groups[i] = numbers[place];
        }
    }

    @Override
    public void lookup(GroupedRows rows, int[] columns) {
        Column values = rows.column(columns[0]);
        boolean[] nulls = values.nulls();
        if (values instanceof LongColumn longs) {
            lookupLongs(rows, longs.values(), nulls);
        } else {
            lookupInts(rows, ((IntColumn) values).values(), nulls);
        }
    }

    private void lookupLongs(GroupedRows rows, long[] cells, boolean @Nullable [] nulls) {
        int[] at = rows.rows();
        int[] groups = rows.groups();
        int count = rows.count();
        for (int i = 0; i < count; i++) {
            int row = at[i];
            groups[i] = nulls != null && nulls[row] ? GroupTable.NO_GROUP : number(cells[row]);
        }
    }

    private void lookupInts(GroupedRows rows, int[] cells, boolean @Nullable [] nulls) {
        int[] at = rows.rows();
        int[] groups = rows.groups();
        int count = rows.count();
        for (int i = 0; i < count; i++) {
            int row = at[i];
            groups[i] = nulls != null && nulls[row] ? GroupTable.NO_GROUP : number(cells[row]);
        }
    }

    private int number(long key) {
        long place = key - least;
        // A difference that overflows is negative or past the end, as any key out of range is.
        return place >= 0 && place < numbers.length ? numbers[(int) place] : GroupTable.NO_GROUP;
    }
}
