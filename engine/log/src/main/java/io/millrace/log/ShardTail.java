package io.millrace.log;

import io.millrace.spi.error.MillraceException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The end of a shard: what is readable, and whoever takes appends or keeps them off. All methods belong to the thread
 * of the shard's {@link LogWriter}, but for {@link #snapshot}, {@link #arrivingSinceMicros}, {@link #steps} and
 * {@link #endIndex}, which any thread may call.
 */
sealed interface ShardTail permits ShardWriter, DamagedTail {

    ShardSnapshot snapshot();

    /** Returns since when appends are under way; see {@link io.millrace.spi.log.ShardLog#arrivingSinceMicros}. */
    default long arrivingSinceMicros() {
        return Long.MAX_VALUE;
    }

    /** Returns the last durable step of each producer. */
    Map<String, Long> steps();

    /** Returns the index after the last entry that was ever acknowledged, as far as that is known. */
    default long endIndex() {
        return snapshot().endIndex();
    }

    /**
     * Says that a reader has come to the end of what is readable.
     *
     * @throws MillraceException {@code DATA_CORRUPTED} where that is not the end of the shard
     */
    default void checkEnd() {}

    /** Writes appends, in order, and answers each. */
    void commit(List<PendingAppend> group);

    /** Starts the next segment. */
    void rollNow();

    /**
     * Deletes segments all of whose entries are older than the retention and below the hold.
     *
     * @param hold index of the first entry that somebody still needs
     */
    void trim(Duration retention, long hold);

    /** Closes the files. Appends that come later fail for this reason. */
    void close(MillraceException reason);
}
