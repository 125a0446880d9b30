package io.millrace.spi.log;

import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One ordered part of a stream: a durable sequence of entries. Safe for use by several threads.
 *
 * <p>An append is atomic: after a crash all its entries are there or none. Its future completes when
 * the entries are on disk, and never before; only then are they readable. It completes exceptionally
 * with a {@link io.millrace.spi.error.MillraceException}, {@code DISK_FULL} among others, where they
 * could not be stored; then none of them will appear. Several appends that wait at the same moment share
 * one write to the disk.
 */
public interface ShardLog {

    ShardDescription description();

    /** Appends records. The batch may be reused when this returns. */
    CompletableFuture<Appended> append(RecordBatch records, @Nullable ProducerStep step);

    /**
     * Appends the rows that the batch selects. The batch may be reused when this returns.
     *
     * @param rows typed rows; weights are not stored
     * @param partitionKeys one UTF-8 key per row number of the batch, or null where rows have none
     * @param rowtimeBound see {@link LogBatch.Rows#rowtimeBound()}; {@link LogBatch#NO_BOUND} for none
     */
    CompletableFuture<Appended> append(
            RowBatch rows, @Nullable BytesColumn partitionKeys, long rowtimeBound, @Nullable ProducerStep step);

    /** Returns the last step of this producer whose entries are durable here, empty where there is none. */
    OptionalLong lastStep(String producer);

    /** Returns the index of the oldest entry that is kept. */
    long firstIndex();

    /** Returns the index after the newest readable entry. */
    long endIndex();

    /**
     * Returns since when entries are under way: what is not yet readable has not arrived before this, microseconds since 1970,
     * nor before the clock as it was before this was asked; {@link Long#MAX_VALUE} where none is under way. Entries get their
     * arrival before they are on disk. Ask this before {@link #endIndex()}.
     */
    long arrivingSinceMicros();

    /** Returns the index of the first entry that arrived at this time (microseconds since 1970) or later. */
    long indexAtOrAfter(long arrivalMicros);

    /** Opens a reader at an index from {@link #firstIndex()} to {@link #endIndex()}. */
    LogReader reader(long index, ReadOptions options);

    /**
     * Has a listener called whenever entries have become readable, from a thread of the log, so it must
     * return at once. Closing the result ends it. An append just before this call may go unnoticed: look
     * once after registering.
     */
    Subscription onAppend(Runnable listener);

    /**
     * Keeps entries from this index on, however old, for a reader that is not yet done with them. Each
     * holder has one hold; {@link Long#MAX_VALUE} lifts it.
     */
    void hold(String holder, long index);

    /** Something to end when it is no longer wanted. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
