package io.millrace.runtime.aggregate;

import io.millrace.plan.AggregateCall;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.Arrays;
import java.util.List;

/** Groups with the state of all aggregate calls, and how many rows each group has. For one thread at a time. */
public final class GroupState {

    private final GroupTable table;
    private final GroupValues values;
    private final boolean updating;
    private long[] rowCounts = {};
    private int[] mergeTargets = {};

    /**
     * Creates state without groups.
     *
     * @param updating whether rows may come with a weight of −1
     * @param engine runs users' functions
     */
    public GroupState(
            RowType input, List<Integer> keys, List<AggregateCall> calls, boolean updating, ExpressionEngine engine) {
        this.table = GroupTable.create(input, keys);
        this.values = new GroupValues(input, calls, updating, engine);
        this.updating = updating;
    }

    public GroupTable table() {
        return table;
    }

    /** Returns whether a group has rows. Where rows only come, the groups made for rows all have. */
    public boolean hasRows(int group) {
        return !updating || rowCounts[group] != 0;
    }

    /** Sets the group of each row and makes room for them, without adding the rows. */
    public void find(GroupedRows rows) {
        table.find(rows);
        grow();
    }

    /** Adds rows whose groups are set. */
    public void add(GroupedRows rows) {
        if (updating) {
            CountAccumulator.count(rows, null, rowCounts);
        }
        values.add(rows);
    }

    /** Makes the one group of an aggregate without keys, which is there over no rows too. */
    public void ensureSingleGroup() {
        if (table.liveCount() == 0) {
            GroupedRows none = new GroupedRows();
            none.start(RowBatch.create(RowType.of(), 0), 1, 0);
            table.find(none);
            grow();
        }
    }

    /** Adds all groups of another state of the same make. */
    public void merge(GroupState other) {
        int count = other.table.size();
        if (mergeTargets.length < count) {
            mergeTargets = new int[count];
        }
        for (int group = 0; group < count; group++) {
            mergeTargets[group] = other.table.live(group) ? table.find(other.table, group) : -1;
        }
        grow();
        for (int group = 0; group < count; group++) {
            if (mergeTargets[group] >= 0) {
                rowCounts[mergeTargets[group]] += other.rowCounts[group];
            }
        }
        values.merge(other.values, mergeTargets, count);
    }

    /**
     * Writes a group's key and results.
     *
     * @param firstResult column of the first result; the key is in the first columns
     * @throws io.millrace.spi.error.MillraceException {@code NUMERIC_OVERFLOW} where a result does not fit
     */
    public void write(int group, RowBatch out, int row, int firstResult) {
        table.writeKey(group, out, row);
        values.write(group, out, row, firstResult);
    }

    /**
     * Writes the keys of several groups into the first columns.
     *
     * @param rows which row gets the key of each
     */
    public void writeKeys(int[] ofGroups, int[] rows, int count, RowBatch out) {
        for (int i = 0; i < count; i++) {
            table.writeKey(ofGroups[i], out, rows[i]);
        }
    }

    /**
     * Writes the results of several groups into columns from {@code firstResult} on.
     *
     * @param rows which row gets the results of each
     * @throws io.millrace.spi.error.MillraceException {@code NUMERIC_OVERFLOW} where a result does not fit
     */
    public void writeResults(int[] ofGroups, int[] rows, int count, RowBatch out, int firstResult) {
        values.write(ofGroups, rows, count, out, firstResult);
    }

    /** Forgets a group whose rows are all gone. */
    public void remove(int group) {
        table.remove(group);
        rowCounts[group] = 0;
        values.clear(group);
    }

    /** Makes groups as over no rows, before each is {@linkplain #remove removed} or gets others; costs a look at all state. */
    public void forget(boolean[] gone, int count) {
        for (int group = 0; group < count; group++) {
            if (gone[group]) {
                rowCounts[group] = 0;
            }
        }
        values.forget(gone, count);
    }

    public void save(StateWriter out) {
        table.save(out);
        int size = table.size();
        out.writeLongs(rowCounts, size);
        values.save(size, out);
    }

    /** Takes back what {@link #save} stored; there are no groups before. */
    public void load(StateReader in) {
        table.load(in);
        grow();
        int size = table.size();
        rowCounts = Arrays.copyOf(in.readLongs(size), rowCounts.length);
        values.load(size, in);
    }

    private void grow() {
        int size = table.size();
        if (size > rowCounts.length) {
            rowCounts = Growth.grown(rowCounts, size);
            values.grow(rowCounts.length);
        }
    }
}
