package io.millrace.server.table;

/**
 * Where a snapshot lies in a table's log.
 *
 * @param start index of the row that starts it
 * @param end index behind its last row
 * @param whole whether it was written to its end; where it was not, it is nothing but passed over
 */
record SnapshotRange(long start, long end, boolean whole) {

    /** Returns the index of its first row. */
    long firstRow() {
        return start + 1;
    }
}
