package io.millrace.delivery.transform;

import io.millrace.spi.connector.RejectedEntry.Processing;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The transformation of some records. A call that failed is made again after a while that doubles from 100 ms to 13 s,
 * until its records have failed: those of no other call have anything to do with it. For one thread at a time.
 */
final class FunctionCall {

    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final int RETRY_DOUBLINGS_MAX = 7;

    private final GatheredRecords records;
    private int attempts;
    private @Nullable CompletableFuture<ProcessedRecords> answer;
    private @Nullable FunctionFailedException failure;
    private @Nullable Instant retryAt;
    private @Nullable ProcessedRecords result;

    FunctionCall(GatheredRecords records) {
        this.records = records;
        if (records.records().isEmpty()) {
            result = new ProcessedRecords();
        }
    }

    GatheredRecords records() {
        return records;
    }

    /** Returns what came out, or null where that is not there yet. */
    @Nullable
    ProcessedRecords result() {
        return result;
    }

    int failures() {
        return answer == null && failure != null ? attempts : attempts - 1;
    }

    /** Returns why the last attempt failed, or null where none did. */
    @Nullable
    FunctionFailedException failure() {
        return failure;
    }

    /** Returns when it is to be made again; null where it need not be, or is under way. */
    @Nullable
    Instant retryAt() {
        return retryAt;
    }

    /**
     * Makes the call where that is due, and takes its answer where it is there.
     *
     * @param retries how often it is made again; -1 for ever
     * @param onAnswer told, by another thread, when there is an answer to take
     */
    void advance(RecordFunction function, int retries, Instant now, Runnable onAnswer) {
        if (result != null || (retryAt != null && now.isBefore(retryAt))) {
            return;
        }
        if (answer == null) {
            retryAt = null;
            attempts++;
            answer = function.call(records.records());
            // Of the answer itself and not what follows it: it is to be there when this is told.
            var unused = answer.whenComplete((done, thrown) -> onAnswer.run());
        }
        if (answer.isDone()) {
            take(answer, retries, now);
            answer = null;
        }
    }

    private void take(CompletableFuture<ProcessedRecords> done, int retries, Instant now) {
        try {
            result = done.join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof FunctionFailedException failed)) {
                throw e;
            }
            failure = failed;
            if (retries >= 0 && attempts > retries) {
                result = allFailed(failed);
            } else {
                retryAt = now.plus(RETRY_FIRST.multipliedBy(1L << Math.min(attempts - 1, RETRY_DOUBLINGS_MAX)));
            }
        }
    }

    private ProcessedRecords allFailed(FunctionFailedException failed) {
        Processing why = new Processing(failed.errorCode(), attempts, failed.function());
        ProcessedRecords none = new ProcessedRecords();
        records.records().forEach(record -> none.fail(record, why, String.valueOf(failed.getMessage())));
        return none;
    }
}
