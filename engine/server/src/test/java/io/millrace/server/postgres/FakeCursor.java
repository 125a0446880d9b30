package io.millrace.server.postgres;

import io.millrace.server.session.ResultCursor;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A cursor whose rows a test puts in, before it is read or while it is. */
final class FakeCursor implements ResultCursor {

    private final @Nullable RowType type;
    private final boolean endless;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<RowBatch> batches = new ArrayDeque<>();
    private final CountDownLatch polled = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private String tag;
    private boolean ended;
    private boolean spins;
    private long count;
    private @Nullable RuntimeException failure;

    private FakeCursor(@Nullable RowType type, boolean endless, String tag) {
        this.type = type;
        this.endless = endless;
        this.tag = tag;
    }

    static FakeCursor endless(RowType type) {
        return new FakeCursor(type, true, "SELECT");
    }

    /** A finite answer that still waits for its rows. */
    static FakeCursor slow(RowType type) {
        return new FakeCursor(type, false, "SELECT");
    }

    /** An endless answer that computes and computes, and finds nothing. */
    static FakeCursor spinning(RowType type) {
        FakeCursor cursor = endless(type);
        cursor.spins = true;
        return cursor;
    }

    static FakeCursor ending(RowType type, List<List<?>> rows) {
        FakeCursor cursor = slow(type);
        rows.forEach(cursor::emit);
        cursor.end();
        return cursor;
    }

    static FakeCursor done(String tag) {
        FakeCursor cursor = new FakeCursor(null, false, tag);
        cursor.ended = true;
        return cursor;
    }

    /** Puts in a row. */
    FakeCursor emit(List<?> row) {
        RowBatch batch = RowBatch.create(type, 1);
        JavaValues.append(batch, row);
        return emit(batch);
    }

    FakeCursor emit(RowBatch batch) {
        lock.lock();
        try {
            batches.add(batch);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return this;
    }

    FakeCursor end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return this;
    }

    /** Lets the query fail once the rows that were put in are read. */
    FakeCursor fail(RuntimeException cause) {
        lock.lock();
        try {
            failure = cause;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return this;
    }

    boolean awaitPoll() throws InterruptedException {
        return polled.await(10, TimeUnit.SECONDS);
    }

    boolean awaitClose() throws InterruptedException {
        return closed.await(10, TimeUnit.SECONDS);
    }

    boolean awaitCancel() throws InterruptedException {
        return cancelled.await(10, TimeUnit.SECONDS);
    }

    /** Returns how many batches nobody has read. */
    int pending() {
        lock.lock();
        try {
            return batches.size();
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        return closed.getCount() == 0;
    }

    @Override
    public @Nullable RowType rowType() {
        return type;
    }

    @Override
    public boolean endless() {
        return endless;
    }

    @Override
    public @Nullable RowBatch poll(Duration wait) {
        while (spins && cancelled.getCount() > 0) {
            Thread.onSpinWait();
        }
        long left = wait.toNanos();
        lock.lock();
        try {
            while (batches.isEmpty() && !ended && failure == null && cancelled.getCount() > 0 && left > 0) {
                polled.countDown();
                left = changed.awaitNanos(left);
            }
            if (cancelled.getCount() == 0) {
                throw new MillraceException(ErrorCode.CANCELLED, "canceling statement due to user request");
            }
            RowBatch batch = batches.poll();
            if (batch == null && failure != null) {
                throw failure;
            }
            count += batch == null ? 0 : batch.selectedCount();
            return batch;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean finished() {
        lock.lock();
        try {
            return ended && batches.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String commandTag() {
        return type == null ? tag : tag + " " + count;
    }

    @Override
    public void cancel() {
        lock.lock();
        try {
            cancelled.countDown();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
