package io.millrace.runtime.join;

import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All rows of one side of a bounded join, by key.
 *
 * <pre>
 *   starts  │ 0 │ 2 │ 3 │          by group
 *   places  │ 0 │ 4 │ 1 │ 2 │ …    row numbers, those of a group side by side
 * </pre>
 */
public final class BuildTable {

    private final RowBatch rows;
    private final GroupTable table;
    private final KeyedRows keyed;
    private int[] groupOf = {};
    private int keyedCount;
    private int[] starts = {};
    private int[] places = {};
    private boolean identity;

    public BuildTable(RowType type, int[] columns, boolean[] nullsMatch) {
        this.rows = RowBatch.create(type, 0);
        List<Integer> keys = IntStream.of(columns).boxed().toList();
        this.table = GroupTable.create(type, keys);
        this.keyed = new KeyedRows(columns, nullsMatch);
    }

    /** Returns the rows, to which the caller appends before it calls {@link #added}. */
    public RowBatch rows() {
        return rows;
    }

    /** Puts the rows from this one on under their keys. */
    public void added(RowBatch batch, int first) {
        int size = first + batch.selectedCount();
        if (size < 0) {
            throw new MillraceException(ErrorCode.LIMIT_EXCEEDED, "one side of a join has more than 2^31 rows");
        }
        if (groupOf.length < size) {
            groupOf = Arrays.copyOf(groupOf, Math.max(size, Math.max(1024, groupOf.length + (groupOf.length >> 1))));
        }
        keyed.of(batch);
        table.find(keyed.rows());
        keyedCount += keyed.rows().count();
        if (keyed.unkeyedCount() == 0) {
            System.arraycopy(
                    keyed.rows().groups(), 0, groupOf, first, keyed.rows().count());
        } else {
            setGroups(batch, first);
        }
    }

    private void setGroups(RowBatch batch, int first) {
        GroupedRows grouped = keyed.rows();
        int at = 0;
        for (int i = 0; i < batch.selectedCount(); i++) {
            boolean hasKey = at < grouped.count() && grouped.rows()[at] == batch.selectedRow(i);
            groupOf[first + i] = hasKey ? grouped.groups()[at++] : GroupTable.NO_GROUP;
        }
    }

    /** Puts rows of one key side by side, once all are there. */
    public void seal() {
        identity = table.size() == rows.size();
        if (identity) {
            return;
        }
        starts = new int[table.size() + 1];
        for (int row = 0; row < rows.size(); row++) {
            if (groupOf[row] >= 0) {
                starts[groupOf[row] + 1]++;
            }
        }
        for (int group = 0; group < table.size(); group++) {
            starts[group + 1] += starts[group];
        }
        int[] next = Arrays.copyOf(starts, table.size());
        places = new int[keyedCount];
        for (int row = 0; row < rows.size(); row++) {
            if (groupOf[row] >= 0) {
                places[next[groupOf[row]]++] = row;
            }
        }
    }

    /** Returns whether no key has two rows. */
    public boolean unique() {
        return table.size() == keyedCount;
    }

    public int groups() {
        return table.size();
    }

    /** Sets the group of each row of the other side, {@link GroupTable#NO_GROUP} where none has its key. */
    public void lookup(KeyedRows others) {
        table.lookup(others.rows(), others.columns());
    }

    /** Returns the group of a row, or {@link GroupTable#NO_GROUP} where its key is NULL. */
    public int groupOf(int row) {
        return groupOf[row];
    }

    /** Returns the first place of a group. */
    public int start(int group) {
        return identity ? group : starts[group];
    }

    /** Returns the place behind the last of a group. */
    public int end(int group) {
        return identity ? group + 1 : starts[group + 1];
    }

    /** Returns the row at a place. */
    public int row(int place) {
        return identity ? place : places[place];
    }
}
