package io.millrace.delivery.transform;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one reader, several at a time, whose results are taken in the order of their records. Nothing here waits.
 * For one thread at a time.
 */
final class FunctionCalls implements AutoCloseable {

    /** How many calls are under way at the same time where there is enough for them. */
    static final int CALLS_MAX = 4;
    /** After so many failures of a call people are told, so that they see why nothing comes. */
    private static final int FAILURES_UNTOLD = 3;

    private final RecordFunction function;
    private final int retries;
    private final int callsMax;
    private final Runnable onAnswer;
    private final Deque<FunctionCall> calls = new ArrayDeque<>();

    /**
     * @param function closed with this
     * @param retries how often a call that failed is made again; -1 for ever
     * @param onAnswer told, by another thread, when there is more to take
     */
    FunctionCalls(RecordFunction function, int retries, int callsMax, Runnable onAnswer) {
        this.function = function;
        this.retries = retries;
        this.callsMax = callsMax;
        this.onAnswer = onAnswer;
    }

    /** What came out of the oldest entries, up to a position. */
    record Done(ProcessedRecords records, long end) {}

    /** Returns whether another call may be begun. An entry of many calls needs them all before any is taken. */
    boolean hasRoom() {
        int waiting = 0;
        boolean ends = false;
        for (FunctionCall call : calls) {
            waiting += call.result() == null ? 1 : 0;
            ends |= call.records().endsEntry();
        }
        return waiting < callsMax && (calls.size() < callsMax || !ends);
    }

    void add(GatheredRecords records) {
        calls.add(new FunctionCall(records));
    }

    /** Makes the calls that are due, and looks at the answers that are there. */
    void advance(Instant now) {
        calls.forEach(call -> call.advance(function, retries, now, onAnswer));
    }

    /** Takes the results of the oldest calls that end with a whole entry, or returns null where there are none. */
    @Nullable
    Done take() {
        int count = 0;
        int ended = 0;
        for (FunctionCall call : calls) {
            if (call.result() == null) {
                break;
            }
            count++;
            ended = call.records().endsEntry() ? count : ended;
        }
        return ended == 0 ? null : take(ended);
    }

    private Done take(int count) {
        ProcessedRecords all = new ProcessedRecords();
        long end = 0;
        for (int i = 0; i < count; i++) {
            FunctionCall call = calls.remove();
            call.records().failed().forEach(all::fail);
            ProcessedRecords result = call.result();
            if (result != null) {
                all.addAll(result);
            }
            end = call.records().end();
        }
        return new Done(all, end);
    }

    /** Returns when the next call is to be made again, or null where none is. */
    @Nullable
    Instant dueAt() {
        Instant next = null;
        for (FunctionCall call : calls) {
            Instant retry = call.retryAt();
            next = retry != null && (next == null || retry.isBefore(next)) ? retry : next;
        }
        return next;
    }

    /** Returns what the oldest call that fails again and again says; null where none does. */
    @Nullable
    IOException trouble() {
        for (FunctionCall call : calls) {
            if (call.result() == null && call.failure() != null && call.failures() > FAILURES_UNTOLD) {
                return call.failure();
            }
        }
        return null;
    }

    @Override
    public void close() {
        function.close();
    }
}
