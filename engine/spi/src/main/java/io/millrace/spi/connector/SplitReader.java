package io.millrace.spi.connector;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A place in a split from which rows are read forward. For one thread at a time. */
public interface SplitReader extends AutoCloseable {

    /**
     * Returns the next rows, or null where there is nothing new. Never waits. It stops at {@code
     * endPosition} even where more is there; there it may give a bound that was promised without rows.
     *
     * @param endPosition position to stop before
     * @param entriesMax most entries of the split to take
     */
    @Nullable
    SourceBatch poll(long endPosition, int entriesMax);

    /** Returns the position that the next {@link #poll} starts from. */
    long position();

    /** Returns when {@link #poll} gives more even if nothing new arrives; null where it has all given. */
    default @Nullable Instant dueAt() {
        return null;
    }

    /**
     * Returns why {@link #poll} gives nothing though there is something, where that is tried again without being asked;
     * null where all is well.
     */
    default @Nullable IOException trouble() {
        return null;
    }

    @Override
    void close();
}
