package io.millrace.runtime.over;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import java.util.List;

/** Computes one call for the rows of all partitions, one after the other. */
abstract class OverValue {

    /** Returns the edges whose moves it takes note of. */
    List<Edges> edges() {
        return List.of();
    }

    /**
     * Takes note that some of its {@link #edges} have moved, before {@link #write} for the row they have moved for.
     *
     * @param start position of the first row between them now; what it was is still in the partition
     */
    void move(Edges moved, Partition partition, RowBatch batch, long start, long end) {}

    /**
     * Writes the value of the partition's next row.
     *
     * @throws io.millrace.spi.error.MillraceException {@code NUMERIC_OVERFLOW} where it does not fit its type
     */
    abstract void write(Partition partition, RowBatch batch, Column out, int row);

    /** Returns the first position of which the rows behind the next row need anything. */
    long needs(Partition partition, RowBatch batch) {
        return partition.next() + 1;
    }

    /** Forgets a partition whose rows are all gone. */
    void clear(int partition) {}

    /** Stores what cannot be made again from rows and frames. */
    void save(int partitions, StateWriter out) {}

    void load(int partitions, StateReader in) {}

    /** Makes again what comes from rows and frames, after {@link #load}. */
    void restore(Partition partition, RowBatch batch) {}
}
