package io.millrace.spi.connector;

import io.millrace.spi.log.ShardLog.Subscription;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a scan gets its rows: one or more splits (shards, files), each read in order from a position.
 * Safe for use by several threads.
 */
public interface Source extends AutoCloseable {

    /** Returns the names of the splits, in a fixed order. */
    List<String> splits();

    /** Returns the oldest position that a split can be read from. */
    long firstPosition(String split);

    /** Returns the position after the newest row that can be read now. */
    long endPosition(String split);

    /**
     * Returns what is there when somebody begins to read, where the source gives the changes of something; null where
     * rows come and stay, and all are in the splits. It may wait until what it holds is durable.
     */
    default @Nullable SourceContent content() {
        return null;
    }

    /** Opens a split at a position from the first to the end. */
    SplitReader open(String split, long position);

    /**
     * Opens a split, and lets who reads it ahead prepare the rows as well. Where nothing is read ahead, or the source knows
     * nothing of that, rows come as they are.
     *
     * @param preparations makes one for each thread that may read
     */
    default SplitReader open(String split, long position, Supplier<RowPreparation> preparations) {
        return open(split, position);
    }

    /**
     * Returns what may be promised now of the rows after a position that has nothing behind it: none of them
     * will have a ROWTIME below this, in microseconds since 1970. {@link Long#MIN_VALUE} where nothing may be
     * promised, or more is there already. It grows with the clock, so whoever wants to repeat a run notes it.
     */
    long idleBound(String split, long position);

    /**
     * Returns when the entry at a position came, microseconds since 1970, or the first behind it where it is no longer kept;
     * empty where the source does not know, or has no entry there.
     */
    default OptionalLong arrivedMicros(String split, long position) {
        return OptionalLong.empty();
    }

    /**
     * Has a listener called when more may be readable, from a thread that must not be held up. Look once
     * after registering.
     */
    Subscription onAvailable(Runnable listener);

    @Override
    void close();
}
