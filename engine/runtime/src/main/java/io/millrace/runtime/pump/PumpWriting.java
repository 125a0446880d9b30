package io.millrace.runtime.pump;

import io.millrace.runtime.Environment;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a pump's steps give, on its way to the target and the error stream: one step at a time, once the step itself is
 * certain to be remembered. For the pump's thread, but for the listeners.
 */
final class PumpWriting {

    private static final long CLOSE_WAIT_SECONDS = 30;

    private final String name;
    private final Environment environment;
    private final Sink sink;
    private final StepStore store;
    private final List<RejectedEntry> rejected = new ArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private CompletableFuture<?> writing = CompletableFuture.completedFuture(null);

    /** @param name what errors call the pump */
    PumpWriting(String name, Environment environment, Sink sink, StepStore store) {
        this.name = name;
        this.environment = environment;
        this.sink = sink;
        this.store = store;
    }

    /** Begins a step. */
    void begin() {
        rejected.clear();
    }

    void reject(RejectedEntry entry) {
        rejected.add(entry);
    }

    /**
     * Hands out what a step gave.
     *
     * @param status as of the step
     * @param tells whether there are rows, or a new bound
     */
    void write(PumpStatus status, boolean tells, RowBatch rows) {
        if (!tells && rejected.isEmpty()) {
            return;
        }
        store.force();
        CompletableFuture<?> reported = rejected.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : environment.rejected().write(status.step(), List.copyOf(rejected));
        CompletableFuture<?> written = tells
                ? sink.write(status.step(), rows, status.rowtimeBound())
                : CompletableFuture.completedFuture(null);
        writing = CompletableFuture.allOf(reported, written);
        if (!writing.isDone()) {
            wakeWhenWritten(writing);
        }
    }

    /** The listeners are called once the future is done, since they look at it; what it failed with the next step says. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void wakeWhenWritten(CompletableFuture<?> future) {
        future.whenComplete((done, error) -> wake());
    }

    /** Writes some rows of a step that is not done, and waits, so that no more of them are in memory. */
    void writePart(long step, int part, RowBatch rows) {
        if (part == 1) {
            store.force();
        }
        await(sink.writePart(step, part, rows), step);
    }

    /** Returns whether what was handed out last has been taken, or failed. */
    boolean done() {
        return writing.isDone();
    }

    /** Waits until what was handed out last has been taken. */
    void await(long step) {
        await(writing, step);
    }

    /** Waits for the target. */
    void await(CompletableFuture<?> future, long step) {
        try {
            future.join();
        } catch (CompletionException e) {
            throw failed(e.getCause(), step);
        }
    }

    /** Returns the failure of a step for which the target, or the machine, failed. */
    MillraceException failed(@Nullable Throwable cause, long step) {
        if (cause instanceof MillraceException known) {
            return known;
        }
        return new MillraceException(
                ErrorCode.INTERNAL, "the target of " + name + " refused step " + step + ": " + cause, null, cause);
    }

    /** Returns whether what was handed out last is taken, after a while at most. */
    boolean doneInTime() {
        try {
            writing.get(CLOSE_WAIT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Has a listener called when there may be something to do, by whichever thread finds that. */
    void addListener(Runnable listener) {
        listeners.add(listener);
    }

    void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    /** Calls the listeners. From any thread. */
    void wake() {
        listeners.forEach(Runnable::run);
    }
}
