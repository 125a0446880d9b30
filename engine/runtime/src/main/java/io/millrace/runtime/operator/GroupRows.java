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
}
