package io.millrace.server.session;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a statement while it is read. For one thread at a time, but for {@link #cancel}.
 *
 * <p>What has been computed and not yet read is bounded: a slow reader slows its query.
 */
public interface ResultCursor extends AutoCloseable {

    /** Returns the type of the rows, or null where the statement answers with none. */
    @Nullable
    RowType rowType();

    /** Returns whether the answer never ends by itself. */
    boolean endless();

    /**
     * Returns the next rows, waiting at most so long for the first of them; null where none came in that
     * time or the answer is at its end. The batch is valid until the next call. Its weights say whether a row
     * came (+1) or went (−1).
     *
     * @throws io.millrace.spi.error.MillraceException where the query failed; {@code CANCELLED} after
     *     {@link #cancel}
     */
    @Nullable
    RowBatch poll(Duration wait);

    /** Returns whether the answer is at its end: no call of {@link #poll} gives rows any more. */
    boolean finished();

    /**
     * Returns where the answer can be gone on from by a session that sets {@code resume_from} to it: behind all rows
     * given before the last change of it, so that the rows given since are to be counted and put in front. Null where
     * it cannot.
     */
    default @Nullable String resumePoint() {
        return null;
    }

    /** Returns what was done, as PostgreSQL words it: {@code SELECT 5}, {@code CREATE STREAM}. */
    String commandTag();

    /** Returns what is worth saying of how it was done, in lines. */
    default List<String> notices() {
        return List.of();
    }

    /** Ends the query at once, from any thread. A waiting {@link #poll} fails with {@code CANCELLED}. */
    void cancel();

    /** Ends the query quietly and frees what it holds. */
    @Override
    void close();
}
