package io.millrace.spi.log;

import org.jspecify.annotations.Nullable;

/** A place in a shard from which entries are read forward. For one thread at a time. */
public interface LogReader extends AutoCloseable {

    /**
     * Returns the next entries, at most so many, or null where none is readable yet. Only durable
     * entries are readable. Never waits; see {@link ShardLog#onAppend}. The batch has at least one entry
     * or a rowtime bound.
     *
     * @param entriesMax 0 for a bound that was written behind the entries that have been read, and nothing else
     * @throws io.millrace.spi.error.MillraceException {@code DATA_CORRUPTED}, naming file and byte
     *     position, where the stored bytes are not what was written; {@code POSITION_OUT_OF_RANGE} where
     *     the next entry has been trimmed meanwhile
     */
    @Nullable
    LogBatch poll(int entriesMax);

    /** Returns the index of the entry that the next {@link #poll} starts with. */
    long position();

    /** Moves to an index from {@link ShardLog#firstIndex()} to {@link ShardLog#endIndex()}. */
    void seek(long index);

    @Override
    void close();
}
