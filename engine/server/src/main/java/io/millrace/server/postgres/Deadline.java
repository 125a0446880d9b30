package io.millrace.server.postgres;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.time.Duration;

/** When a wait for rows has to end. */
final class Deadline {

    private final long atNanos;
    private final boolean never;

    private Deadline(long atNanos, boolean never) {
        this.atNanos = atNanos;
        this.never = never;
    }

    /**
     * Returns the deadline of one go at an answer: the wait that a {@code FETCH} names, or else the
     * session's timeout, which does not hold for an answer that never ends.
     *
     * @param statementTimeoutMillis the session's, 0 for none
     */
    static Deadline of(Answer answer, RowSource rows, long statementTimeoutMillis) {
        if (answer.timeoutMillis() >= 0) {
            return in(answer.timeoutMillis());
        }
        boolean limited = statementTimeoutMillis > 0 && (!rows.endless() || answer.fetches());
        return after(limited ? statementTimeoutMillis : 0);
    }

    /** Returns the deadline of a statement, for which 0 stands for none. */
    static Deadline after(long statementTimeoutMillis) {
        return statementTimeoutMillis > 0 ? in(statementTimeoutMillis) : new Deadline(0, true);
    }

    private static Deadline in(long millis) {
        return new Deadline(System.nanoTime() + Duration.ofMillis(millis).toNanos(), false);
    }

    boolean within(Duration time) {
        return !never && atNanos - System.nanoTime() <= time.toNanos();
    }

    /** Returns how long there is still time, a day where there is no end. */
    Duration left() {
        return never ? Duration.ofDays(1) : Duration.ofNanos(Math.max(0, atNanos - System.nanoTime()));
    }

    /** Returns what a statement fails with that took longer. */
    static MillraceException expired() {
        return new MillraceException(
                ErrorCode.TIMED_OUT,
                "canceling statement due to statement timeout",
                "raise it with SET statement_timeout");
    }

    boolean passed() {
        return !never && System.nanoTime() - atNanos >= 0;
    }
}
