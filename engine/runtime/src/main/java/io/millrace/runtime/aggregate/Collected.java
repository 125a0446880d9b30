package io.millrace.runtime.aggregate;

import io.millrace.runtime.aggregate.OrderedEntries.Entries;
import io.millrace.spi.row.Column;

/** A function of the ordered rows of a group. */
interface Collected {

    /**
     * Writes the result over at least one row.
     *
     * @param rows the columns in which the entries lie
     * @param total how many rows there are
     */
    void write(OrderedEntries rows, Entries entries, long total, Column out, int row);

    /** Writes the result over no rows. */
    default void ofNone(Column out, int row) {
        out.setNull(row);
    }
}
