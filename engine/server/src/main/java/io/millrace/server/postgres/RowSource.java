package io.millrace.server.postgres;

import io.millrace.server.session.ResultCursor;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A cursor read row by row, in as many goes as the client likes.
 *
 * <p>A row that counts several times comes several times. A row that went has no form in an answer and
 * is passed over; {@link #retracted} tells that there was one.
 */
final class RowSource implements AutoCloseable {

    private final ResultCursor cursor;
    private @Nullable RowBatch batch;
    private int next;
    private boolean batchDone;
    private int row;
    private int repeats;
    private boolean retracted;
    private @Nullable String resumePoint;

    RowSource(ResultCursor cursor) {
        this.cursor = cursor;
    }

    ResultCursor cursor() {
        return cursor;
    }

    @Nullable
    RowType rowType() {
        return cursor.rowType();
    }

    boolean endless() {
        return cursor.endless();
    }

    /** Returns the batch that the rows taken last lie in. */
    RowBatch batch() {
        if (batch == null) {
            throw new IllegalStateException("no rows were read");
        }
        return batch;
    }

    /**
     * Takes rows that are at hand.
     *
     * @param rows is filled with their numbers in {@link #batch}, at most {@code max}
     * @return how many; where it is none, {@link #fill} is due
     */
    int take(int[] rows, int max) {
        int count = 0;
        while (count < max && findRow()) {
            rows[count++] = row;
            repeats--;
        }
        return count;
    }

    /** Goes on to a row that counts where the one before has come as often as it counts. */
    private boolean findRow() {
        RowBatch from = batch;
        while (repeats == 0 && from != null) {
            if (next == from.selectedCount()) {
                from = null;
                batchDone = true;
            } else {
                row = from.selectedRow(next++);
                int weight = from.weight(row);
                repeats = Math.max(0, weight);
                retracted |= weight < 0;
            }
        }
        return repeats > 0;
    }

    /** Returns where the answer can be gone on from where that has changed since this was last asked, or null. */
    @Nullable
    String newResumePoint() {
        String point = cursor.resumePoint();
        boolean changed = point != null && !point.equals(resumePoint);
        resumePoint = point;
        return changed ? point : null;
    }

    /** Waits at most so long for rows and returns whether there are some. To be called when none is at hand. */
    boolean fill(Duration wait) {
        batch = cursor.poll(wait);
        batchDone = false;
        next = 0;
        return batch != null;
    }

    /** Returns whether no more rows come. */
    boolean finished() {
        return (batch == null || batchDone) && repeats == 0 && cursor.finished();
    }

    /** Returns whether a row was taken back since this was last asked. */
    boolean retracted() {
        boolean seen = retracted;
        retracted = false;
        return seen;
    }

    @Override
    public void close() {
        cursor.close();
    }
}
