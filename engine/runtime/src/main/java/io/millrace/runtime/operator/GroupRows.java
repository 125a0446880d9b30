package io.millrace.runtime.operator;

import io.millrace.spi.row.RowBatch;

/** Groups that each make a row, as {@link ChangedGroups} sees them. */
interface GroupRows {

    /** Returns whether there is a row for the group now. */
    boolean exists(int group);

    /**
     * Writes the group's row; the columns have room for it.
     *
     * @throws io.millrace.spi.error.MillraceException where it cannot be computed
     */
    void write(int group, RowBatch out, int row);

    /** Returns how many columns, from the first on, are the same in every row of a group, and never fail. */
    default int keyColumns() {
        return 0;
    }

    /** Writes the first {@link #keyColumns} of rows. */
    default void writeKeys(int[] groups, int[] rows, int count, RowBatch out) {}

    /**
     * Writes the rows of groups but for their keys, row {@code rows[i]} for group {@code groups[i]}.
     *
     * @throws io.millrace.spi.error.MillraceException where one of them cannot be computed
     */
    default void writeRest(int[] groups, int[] rows, int count, RowBatch out) {
        for (int i = 0; i < count; i++) {
            write(groups[i], out, rows[i]);
        }
    }

    /** Hears that what was put out of a group has been taken back, or never was, and that there is no row for it. */
    default void gone(int group) {}
}
