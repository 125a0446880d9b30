package io.millrace.runtime.join;

import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.KeyNumbers;
import io.millrace.runtime.state.RowCopy;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All rows of one side of a bounded join, by key.
 *
 * <pre>
 *   starts  │ 0 │ 2 │ 3 │          by group
 *   places  │ 0 │ 4 │ 1 │ 2 │ …    row numbers, those of a group side by side
 * </pre>
 */
public final class BuildTable {

    private RowBatch rows;
    private final RowType type;
    private final int[] columns;
    private final KeyedRows keyed;
    private @Nullable KeyNumbers numbers;
    private int[] groupOf = {};
    private int keyedCount;
    private int[] starts = {};
    private int[] places = {};
    private boolean identity;

    public BuildTable(RowType type, int[] columns, boolean[] nullsMatch) {
        this.rows = RowBatch.create(type, 0);
        this.type = type;
        this.columns = columns;
        this.keyed = new KeyedRows(columns, nullsMatch);
    }

    /** Returns the rows. Another batch after they are sealed. */
    public RowBatch rows() {
        return rows;
    }

    /** Takes the rows that count of a batch. */
    public void add(RowBatch batch) {
        if (rows.size() + batch.selectedCount() < 0) {
            throw new MillraceException(ErrorCode.LIMIT_EXCEEDED, "one side of a join has more than 2^31 rows");
        }
        RowCopy.append(rows, batch);
    }

    /** Puts the rows under their keys, and rows of one key side by side, once all are there. */
    public void seal() {
        keyed.of(rows);
        GroupedRows grouped = keyed.rows();
        numbers = numbersFor(grouped);
        numbers.find(grouped);
        keyedCount = grouped.count();
        groupOf = keyed.unkeyedCount() == 0 ? grouped.groups() : spread(grouped);
        identity = numbers.size() == rows.size();
        if (identity && numbers instanceof DenseKeys dense && dense.full()) {
            order(dense);
        }
        if (!identity) {
            sort(numbers.size());
        }
    }

    /** Puts the rows in the order of their keys, so that a key that is a sequence's says where its row is. */
    private void order(DenseKeys keys) {
        RowBatch ordered = RowBatch.create(type, 0);
        for (int i = 0; i < rows.columnCount(); i++) {
            Gather.gather(rows.column(i), keys.numbers(), null, rows.size(), ordered.column(i));
        }
        ordered.size(rows.size());
        rows = ordered;
        numbers = keys.renumbered();
        Arrays.setAll(groupOf, row -> row);
    }

    private KeyNumbers numbersFor(GroupedRows grouped) {
        DenseKeys dense = columns.length == 1 ? DenseKeys.of(grouped, columns[0]) : null;
        return dense != null
                ? dense
                : GroupTable.create(type, IntStream.of(columns).boxed().toList());
    }

    private int[] spread(GroupedRows grouped) {
        int[] groups = new int[rows.size()];
        Arrays.fill(groups, GroupTable.NO_GROUP);
        for (int i = 0; i < grouped.count(); i++) {
            groups[grouped.rows()[i]] = grouped.groups()[i];
        }
        return groups;
    }

    private void sort(int groups) {
        starts = new int[groups + 1];
        for (int row = 0; row < rows.size(); row++) {
            if (groupOf[row] >= 0) {
                starts[groupOf[row] + 1]++;
            }
        }
        for (int group = 0; group < groups; group++) {
            starts[group + 1] += starts[group];
        }
        int[] next = Arrays.copyOf(starts, groups);
        places = new int[keyedCount];
        for (int row = 0; row < rows.size(); row++) {
            if (groupOf[row] >= 0) {
                places[next[groupOf[row]]++] = row;
            }
        }
    }

    /** Returns whether no key has two rows. */
    public boolean unique() {
        return sealed().size() == keyedCount;
    }

    public int groups() {
        return sealed().size();
    }

    /** Sets the group of each row of the other side, {@link GroupTable#NO_GROUP} where none has its key. */
    public void lookup(KeyedRows others) {
        sealed().lookup(others.rows(), others.columns());
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

    private KeyNumbers sealed() {
        if (numbers == null) {
            throw new IllegalStateException("rows are looked up before all are there");
        }
        return numbers;
    }
}
