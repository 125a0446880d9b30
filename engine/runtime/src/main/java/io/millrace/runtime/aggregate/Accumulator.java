package io.millrace.runtime.aggregate;

import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;

/** The state of one aggregate call for all groups of a table. */
abstract class Accumulator {

    /** Makes room for groups below this number. What was never added to is as over no rows. */
    abstract void grow(int groups);

    /** Makes a group as over no rows. */
    abstract void clear(int group);

    /** Makes groups as over no rows, whatever they hold. */
    void forget(boolean[] gone, int count) {
        for (int group = 0; group < count; group++) {
            if (gone[group]) {
                clear(group);
            }
        }
    }

    /** Adds the rows, each as often as its weight says, to their groups. */
    abstract void add(GroupedRows rows);

    /**
     * Adds what other groups hold.
     *
     * @param groups per group of the other accumulator the one here that takes it, or −1 for none
     */
    abstract void merge(Accumulator other, int[] groups, int count);

    /**
     * Writes the group's result.
     *
     * @throws io.millrace.spi.error.MillraceException {@code NUMERIC_OVERFLOW} where it does not fit its type
     */
    abstract void result(int group, Column out, int row);

    /**
     * Writes the results of several groups.
     *
     * @param rows which row gets the result of each
     */
    void results(int[] groups, int[] rows, int count, Column out) {
        for (int i = 0; i < count; i++) {
            result(groups[i], out, rows[i]);
        }
    }

    /** Stores what groups below this number hold. */
    abstract void save(int groups, StateWriter out);

    /** Takes back what {@link #save} stored; there is room for the groups. */
    abstract void load(int groups, StateReader in);
}
