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
    private int row;
    private int repeats;
    private boolean retracted;

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

    /** Returns the batch in which {@link #next} counts. */
    RowBatch batch() {
        if (batch == null) {
            throw new IllegalStateException("no rows were read");
        }
        return batch;
    }

    /** Returns the number of the next row that is at hand, or −1 where {@link #fill} is due. */
    int next() {
        if (repeats > 0) {
            repeats--;
            return row;
        }
        RowBatch rows = batch;
        while (rows != null && next < rows.selectedCount()) {
            row = rows.selectedRow(next++);
            int weight = rows.weight(row);
            if (weight > 0) {
                repeats = weight - 1;
                return row;
            }
            retracted |= weight < 0;
        }
        batch = null;
        return -1;
    }

    /** Waits at most so long for rows and returns whether there are some. To be called when none is at hand. */
    boolean fill(Duration wait) {
        batch = cursor.poll(wait);
        next = 0;
        return batch != null;
    }

    /** Returns whether no more rows come. */
    boolean finished() {
        return batch == null && repeats == 0 && cursor.finished();
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
