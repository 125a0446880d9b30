package io.millrace.spi.log;

import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;

/**
 * Consecutive entries of one shard, as a reader gets them.
 *
 * <p>The arrays belong to the reader and are valid until its next {@link LogReader#poll}.
 */
public sealed interface LogBatch {

    /** A rowtime bound that says nothing. */
    long NO_BOUND = Long.MIN_VALUE;

    /** Returns the index of the first entry. */
    long firstIndex();

    /** Returns how many entries there are; a batch of typed rows may have none and carry a bound only. */
    int size();

    /** Returns when each entry arrived, microseconds since 1970; never falling within a shard. */
    LongColumn arrivals();

    /** Returns the partition keys, UTF-8. Undefined unless {@link ReadOptions#partitionKeys()} was asked for. */
    BytesColumn partitionKeys();

    /**
     * Entries that are records: bytes as a producer gave them.
     *
     * @param payloads the records' bytes, slices of one array
     */
    record Records(long firstIndex, int size, LongColumn arrivals, BytesColumn partitionKeys, BytesColumn payloads)
            implements LogBatch {}

    /**
     * Entries that are typed rows.
     *
     * @param rows the rows, with the columns of {@link ReadOptions#columns()}
     * @param rowtimeBound what the writer promised after these rows: no later entry of this shard has a
     *     rowtime below it, in microseconds since 1970; {@link #NO_BOUND} where it promised nothing
     */
    record Rows(
            long firstIndex, int size, LongColumn arrivals, BytesColumn partitionKeys, RowBatch rows, long rowtimeBound)
            implements LogBatch {}
}
