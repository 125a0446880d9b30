package io.millrace.server.engine;

import io.millrace.runtime.operator.OperatorReport;
import io.millrace.runtime.operator.StepPlan;
import io.millrace.runtime.query.RunningQuery;
import io.millrace.server.session.ResultCursor;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a running query. The query works in the thread that reads: nothing is computed that nobody
 * waits for, so a slow reader slows its query and there is nothing to buffer.
 */
final class QueryCursor implements ResultCursor {

    /** How long a query may wait before it looks whether its streams are still there. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RunningQuery query;
    private final boolean endless;
    private final ReadStreams read;
    private final InstantSource clock;
    private final Runnable onClose;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean cancelled;
    private final @Nullable String resumable;
    private final Function<String, @Nullable String> scans;
    private final List<String> notices;
    private @Nullable StepPlan tokenStep;
    private @Nullable String token;
    private boolean closed;
    private long rows;

    /**
     * @param resumable says which query it is, where the client wants to know where it can go on from; null otherwise
     * @param scans says what a scan has read, by its id, where there is more to say of it than of its operator
     * @param notices what is worth saying of what it reads, in lines
     */
    QueryCursor(
            RunningQuery query,
            boolean endless,
            ReadStreams read,
            InstantSource clock,
            Runnable onClose,
            @Nullable String resumable,
            Function<String, @Nullable String> scans,
            List<String> notices) {
        this.query = query;
        this.resumable = resumable;
        this.scans = scans;
        this.notices = notices;
        this.read = read;
        this.clock = clock;
        this.endless = endless;
        this.onClose = onClose;
        query.onAvailable(wake::release);
    }

    @Override
    public RowType rowType() {
        return query.rowType();
    }

    @Override
    public boolean endless() {
        return endless;
    }

    @Override
    public @Nullable RowBatch poll(Duration wait) {
        long deadline = System.nanoTime() + wait.toNanos();
        while (true) {
            wake.drainPermits();
            if (cancelled) {
                // The query itself notices only where it has entries to read.
                throw new MillraceException(ErrorCode.CANCELLED, "canceling statement due to user request");
            }
            if (endless) {
                read.check();
            }
            RowBatch batch = query.next();
            if (batch != null) {
                rows += batch.selectedCount();
                return batch;
            }
            if (finished() || !await(deadline)) {
                return null;
            }
        }
    }

    /** Reads a query that ends to its end, and returns how many rows its answer has. */
    long drain() {
        while (!finished()) {
            poll(Duration.ZERO);
        }
        return rows;
    }

    /** Returns what each operator has done so far. */
    List<OperatorReport> report() {
        return query.report();
    }

    /** Returns what a scan has read so far, or null where its operator says all. */
    @Nullable
    String scanReport(String scan) {
        return scans.apply(scan);
    }

    private boolean await(long deadline) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        try {
            // Time alone may bring rows as well: windows that close by the clock.
            wake.tryAcquire(Math.min(Math.min(left, LOOK_NANOS), untilDueNanos()), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.CANCELLED, "the query was interrupted");
        }
    }

    private long untilDueNanos() {
        OptionalLong due = query.wakeMicros();
        return due.isEmpty()
                ? Long.MAX_VALUE
                : TimeUnit.MICROSECONDS.toNanos(Math.max(0, due.getAsLong() - JavaValues.micros(clock.instant())));
    }

    @Override
    public boolean finished() {
        return query.finished();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Each step has a plan of its own; comparing what is in it would cost more.
    public @Nullable String resumePoint() {
        if (resumable != null && tokenStep != query.lastStep()) {
            tokenStep = query.lastStep();
            token = ResumeToken.write(resumable, tokenStep);
        }
        return token;
    }

    @Override
    public String commandTag() {
        return "SELECT " + rows;
    }

    @Override
    public List<String> notices() {
        return notices;
    }

    @Override
    public void cancel() {
        cancelled = true;
        query.cancel();
        wake.release();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                query.close();
            } finally {
                onClose.run();
            }
        }
    }
}
