package io.millrace.runtime.join;

import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.KeyNumbers;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;

/**
 * All integers from one to another as keys: the number of each is its distance from the least, so that nothing is
 * looked up at all.
 */
final class SequenceKeys implements KeyNumbers {

    private final int column;
    private final long least;
    private final int size;

    SequenceKeys(int column, long least, int size) {
        this.column = column;
        this.least = least;
        this.size = size;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void find(GroupedRows rows) {
        lookup(rows, new int[] {column});
    }

    @Override
    public void lookup(GroupedRows rows, int[] columns) {
        Column values = rows.column(columns[0]);
        if (values instanceof LongColumn longs) {
            ofLongs(longs.values(), rows);
        } else {
            ofInts(((IntColumn) values).values(), rows);
        }
        boolean[] nulls = values.nulls();
        if (nulls != null) {
            ofNulls(nulls, rows);
        }
    }

    private void ofLongs(long[] cells, GroupedRows rows) {
        int[] at = rows.rows();
        int[] groups = rows.groups();
        int count = rows.count();
        for (int i = 0; i < count; i++) {
            groups[i] = number(cells[at[i]]);
        }
    }

    private void ofInts(int[] cells, GroupedRows rows) {
        int[] at = rows.rows();
        int[] groups = rows.groups();
        int count = rows.count();
        for (int i = 0; i < count; i++) {
            groups[i] = number(cells[at[i]]);
        }
    }

    private static void ofNulls(boolean[] nulls, GroupedRows rows) {
        for (int i = 0; i < rows.count(); i++) {
            if (nulls[rows.rows()[i]]) {
                rows.groups()[i] = GroupTable.NO_GROUP;
            }
        }
    }

    private int number(long key) {
        long place = key - least;
        // A difference that overflows is negative or past the end, as any key out of range is.
        return place >= 0 && place < size ? (int) place : GroupTable.NO_GROUP;
    }
}
