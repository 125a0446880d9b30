package io.millrace.runtime.state;

/** Keys by number: each key that was found has a number of its own, from 0 without gaps. */
public interface KeyNumbers {

    /** Returns a number above all that are in use. */
    int size();

    /** Sets the number of each row, giving new keys a number. */
    void find(GroupedRows rows);

    /** Sets the number of each row by these columns, {@link GroupTable#NO_GROUP} where its key has none. */
    void lookup(GroupedRows rows, int[] columns);
}
