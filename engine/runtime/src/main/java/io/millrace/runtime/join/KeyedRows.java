package io.millrace.runtime.join;

import io.millrace.runtime.state.GroupedRows;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;

/** The rows of a batch that have a key, and those that have none, since a column of it is NULL and NULL matches nothing. */
public final class KeyedRows {

    private final int[] columns;
    private final int[] required;
    private final GroupedRows keyed = new GroupedRows();
    private int[] unkeyed = {};
    private int unkeyedCount;

    /**
     * @param columns the key's columns
     * @param nullsMatch by place in {@code columns}, whether NULL is a value like others
     */
    public KeyedRows(int[] columns, boolean[] nullsMatch) {
        this.columns = columns;
        int[] strict = new int[columns.length];
        int count = 0;
        for (int i = 0; i < columns.length; i++) {
            if (!nullsMatch[i]) {
                strict[count++] = columns[i];
            }
        }
        this.required = Arrays.copyOf(strict, count);
    }

    /** Takes the rows that count of another batch. */
    public void of(RowBatch batch) {
        unkeyedCount = 0;
        keyed.of(batch, 0);
        for (int column : required) {
            if (batch.column(column).nulls() != null) {
                part(batch);
                return;
            }
        }
    }

    private void part(RowBatch batch) {
        int[] rows = keyed.rows();
        if (unkeyed.length < keyed.count()) {
            unkeyed = new int[rows.length];
        }
        int kept = 0;
        for (int i = 0; i < keyed.count(); i++) {
            if (hasKey(batch, rows[i])) {
                rows[kept++] = rows[i];
            } else {
                unkeyed[unkeyedCount++] = rows[i];
            }
        }
        keyed.count(kept);
    }

    private boolean hasKey(RowBatch batch, int row) {
        for (int column : required) {
            Column values = batch.column(column);
            if (values.isNull(row)) {
                return false;
            }
        }
        return true;
    }

    public int[] columns() {
        return columns;
    }

    /** Returns the rows that have a key, to be put into groups. */
    public GroupedRows rows() {
        return keyed;
    }

    /** Returns the rows without a key, in the first {@link #unkeyedCount()} places. */
    public int[] unkeyed() {
        return unkeyed;
    }

    public int unkeyedCount() {
        return unkeyedCount;
    }
}
