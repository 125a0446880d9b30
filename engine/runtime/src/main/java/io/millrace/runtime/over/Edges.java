package io.millrace.runtime.over;

import io.millrace.spi.row.RowBatch;

/** Moves the edges of some rows of a partition along it. Both only ever move forward. */
abstract class Edges {

    private final int index;

    /** @param index place of the edges in a partition */
    Edges(int index) {
        this.index = index;
    }

    final int index() {
        return index;
    }

    /** Returns the position behind the last of the rows that the next row sees. */
    abstract long end(Partition partition, RowBatch batch);

    /** Returns the position of the first of these rows, at most that of their end. */
    abstract long start(Partition partition, RowBatch batch);

    /** Returns whether the rows start with the partition, so that none ever leaves. */
    abstract boolean startsWithPartition();

    /** Returns the first position of which the edges need the row to move on. */
    long needs(Partition partition) {
        return Long.MAX_VALUE;
    }
}
