package io.millrace.spi.connector;

import io.millrace.spi.row.RowBatch;

/** Which of a range's files a row goes into, where the destination says so. For one thread at a time. */
public interface RowParting {

    /** Returns whether there may be more than one file. */
    boolean isParted();

    /** Returns what the rows of one file share: equal text for those, other text for others. */
    String partition(RowBatch rows, int row);

    /** Returns what the names of a partition's files begin with. */
    String prefix(String partition);
}
