package io.millrace.runtime.aggregate;

/** Rows of a batch, one after the other. */
@FunctionalInterface
public interface RowSequence {

    /** Returns the row number of the row at a position. */
    int row(long position);
}
