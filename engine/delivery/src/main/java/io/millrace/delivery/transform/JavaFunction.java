package io.millrace.delivery.transform;

import io.millrace.spi.function.DeliveryFunction;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A class of the user that transforms records, one call at a time, each in a thread of its own: whoever reads does not
 * wait for it, and one that never ends holds up neither a stop nor other shards. A call whose time is over is
 * interrupted, and its instance left alone; until it has really ended calls fail, so that a function which heeds no
 * interrupt holds one thread and not one for each attempt.
 */
final class JavaFunction implements RecordFunction {

    private final FunctionSettings settings;
    private final Supplier<DeliveryFunction> maker;
    private final ThreadFactory threads;
    private JavaCalls calls;
    private @Nullable Thread underWay;
    private volatile @Nullable Thread late;

    /** @param maker makes instances */
    JavaFunction(FunctionSettings settings, Supplier<DeliveryFunction> maker, ThreadFactory threads) {
        this.settings = settings;
        this.maker = maker;
        this.threads = threads;
        this.calls = new JavaCalls(settings.name(), maker);
    }

    @Override
    public CompletableFuture<ProcessedRecords> call(List<DeliveryRecord> records) {
        Thread before = late;
        if (before != null && before.isAlive()) {
            return CompletableFuture.failedFuture(new FunctionFailedException(
                    "Lambda.FunctionTimedOut", settings.name(), "has not ended a call whose time is over"));
        }
        if (before != null) {
            calls = new JavaCalls(settings.name(), maker);
            late = null;
        }
        CompletableFuture<ProcessedRecords> answer = new CompletableFuture<>();
        JavaCalls own = calls;
        Thread thread = threads.newThread(() -> answer(own, records, answer));
        underWay = thread;
        thread.start();
        return answer.orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(failed(thrown, thread)));
    }

    /** Whatever a function throws, the call ends. */
    @SuppressWarnings("CatchThrowable")
    private void answer(JavaCalls own, List<DeliveryRecord> records, CompletableFuture<ProcessedRecords> answer) {
        try {
            answer.complete(own.call(records));
        } catch (FunctionFailedException e) {
            answer.completeExceptionally(e);
        } catch (Throwable e) {
            answer.completeExceptionally(
                    new FunctionFailedException("Lambda.FunctionError", settings.name(), "failed: " + e, e));
        }
    }

    private Throwable failed(Throwable thrown, Thread thread) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (!(cause instanceof TimeoutException)) {
            return cause;
        }
        late = thread;
        thread.interrupt();
        return new FunctionFailedException(
                "Lambda.FunctionTimedOut",
                settings.name(),
                "did not end in " + settings.timeoutSeconds() + " s",
                cause);
    }

    @Override
    public void close() {
        Thread thread = underWay;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
