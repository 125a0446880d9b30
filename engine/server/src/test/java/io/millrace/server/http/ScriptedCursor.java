package io.millrace.server.http;

import io.millrace.server.session.ResultCursor;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An answer of rows of 64 kB of text each, as fast as they are taken; then it fails, or waits to be cancelled. */
final class ScriptedCursor implements ResultCursor {

    static final int ROW_BYTES = 64 << 10;

    private static final RowType TYPE = RowType.of(Field.required("text", DataType.VARCHAR));

    private final long rowsMax;
    private final @Nullable MillraceException failure;
    private final AtomicLong polled = new AtomicLong();
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private ScriptedCursor(long rowsMax, @Nullable MillraceException failure) {
        this.rowsMax = rowsMax;
        this.failure = failure;
    }

    static ScriptedCursor unending() {
        return new ScriptedCursor(Long.MAX_VALUE, null);
    }

    static ScriptedCursor waitingAfter(long rows) {
        return new ScriptedCursor(rows, null);
    }

    static ScriptedCursor failingAfter(long rows) {
        return new ScriptedCursor(rows, new MillraceException(ErrorCode.DATA_CORRUPTED, "the disk has lost it"));
    }

    /** Returns how many rows were taken. */
    long polled() {
        return polled.get();
    }

    boolean awaitClose() throws InterruptedException {
        return closed.await(20, TimeUnit.SECONDS);
    }

    @Override
    public RowType rowType() {
        return TYPE;
    }

    @Override
    public boolean endless() {
        return true;
    }

    @Override
    public @Nullable RowBatch poll(Duration wait) {
        if (cancelled.getCount() == 0) {
            throw new MillraceException(ErrorCode.CANCELLED, "canceling statement due to user request");
        }
        if (polled.get() == rowsMax) {
            if (failure != null) {
                throw failure;
            }
            await(wait);
            return null;
        }
        polled.incrementAndGet();
        RowBatch row = RowBatch.create(TYPE, 1);
        ((BytesColumn) row.column(0)).append(0, "x".repeat(ROW_BYTES));
        row.size(1);
        return row;
    }

    private void await(Duration wait) {
        try {
            cancelled.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean finished() {
        return false;
    }

    @Override
    public String commandTag() {
        return "SELECT " + polled;
    }

    @Override
    public void cancel() {
        cancelled.countDown();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
