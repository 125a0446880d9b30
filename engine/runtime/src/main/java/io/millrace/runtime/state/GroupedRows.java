package io.millrace.runtime.state;

import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a batch, each with the group it belongs to: what a table fills and accumulators add. Its arrays are
 * read by loops; the first {@link #count} places count.
 */
public final class GroupedRows {

    private static final int[] NONE = {};

    private @Nullable RowBatch batch;
    private int[] rows = NONE;
    private int[] groups = NONE;
    private int count;
    private int only = GroupTable.NO_GROUP;
    private long firstOrdinal;

    /** Takes all rows that count in the batch, in no group yet. */
    public void of(RowBatch source, long ordinal) {
        start(source, source.selectedCount(), ordinal);
        int[] selection = source.selection();
        if (selection == null) {
            for (int i = 0; i < count; i++) {
                rows[i] = i;
            }
        } else {
            System.arraycopy(selection, 0, rows, 0, count);
        }
    }

    /** Starts with no rows of a batch and room for so many. */
    public void start(RowBatch source, int capacity, long ordinal) {
        batch = source;
        count = capacity;
        only = GroupTable.NO_GROUP;
        firstOrdinal = ordinal;
        if (rows.length < capacity) {
            rows = new int[Math.max(capacity, 1024)];
            groups = new int[rows.length];
        }
    }

    /** Says how many rows there are, once they are in {@link #rows()}. */
    public void count(int rowsInUse) {
        count = rowsInUse;
    }

    /** Takes those rows of another for which the BOOLEAN column is TRUE. */
    public void filtered(GroupedRows other, int filterColumn) {
        start(other.batch(), other.count, other.firstOrdinal);
        only = other.only;
        BooleanColumn filter = (BooleanColumn) other.batch().column(filterColumn);
        boolean[] wanted = filter.values();
        boolean[] nulls = filter.nulls();
        int kept = 0;
        for (int i = 0; i < other.count; i++) {
            int row = other.rows[i];
            rows[kept] = row;
            groups[kept] = other.groups[i];
            // Added and not branched on: what filters say of the next row is hard to guess.
            kept += wanted[row] ? 1 : 0;
        }
        count = nulls == null ? kept : withoutNulls(nulls, kept);
    }

    private int withoutNulls(boolean[] nulls, int among) {
        int kept = 0;
        for (int i = 0; i < among; i++) {
            int row = rows[i];
            rows[kept] = row;
            groups[kept] = groups[i];
            kept += nulls[row] ? 0 : 1;
        }
        return kept;
    }

    /** Takes the rows of another. */
    public void ofSame(GroupedRows other) {
        start(other.batch(), other.count, other.firstOrdinal);
        only = other.only;
        System.arraycopy(other.rows, 0, rows, 0, count);
        System.arraycopy(other.groups, 0, groups, 0, count);
    }

    /** Makes room for so many more rows, to be put into {@link #rows()} from {@link #count} on. */
    public void ensureRoom(int more) {
        if (count + more > rows.length) {
            int capacity = Math.max(count + more, Math.max(1024, 2 * count));
            rows = Arrays.copyOf(rows, capacity);
            groups = Arrays.copyOf(groups, capacity);
        }
    }

    public RowBatch batch() {
        if (batch == null) {
            throw new IllegalStateException("no rows yet");
        }
        return batch;
    }

    public Column column(int index) {
        return batch().column(index);
    }

    /** Returns row numbers of the batch, ascending. */
    public int[] rows() {
        return rows;
    }

    /** Returns the group of each row. */
    public int[] groups() {
        return groups;
    }

    public int count() {
        return count;
    }

    /** Says that all rows are in one group, which {@link #groups} says as well. */
    public void only(int group) {
        only = group;
    }

    /** Returns the group that all rows are known to be in, or {@link GroupTable#NO_GROUP} where they may differ. */
    public int only() {
        return only;
    }

    /** Returns whether the rows are all of the batch, none left out, so that row i is number i. */
    public boolean whole() {
        return batch().selection() == null && count == batch().size();
    }

    /** Returns weights by row number, or null where all are +1. */
    public int @Nullable [] weights() {
        return batch().weights();
    }

    /** Returns the number that puts a row of the batch in order with all rows the operator has seen. */
    public long ordinal(int row) {
        return firstOrdinal + row;
    }
}
