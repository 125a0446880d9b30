package io.millrace.server.postgres;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What can end the query that a conversation runs: a request to cancel, the client's leaving, the
 * server's stop. A request that comes between queries is without effect. Safe for use by several threads.
 */
final class Cancellation {

    static final String STOPPED = "terminating connection due to administrator command";

    private final ReentrantLock lock = new ReentrantLock();
    private boolean busy;
    private boolean requested;
    private boolean left;
    private boolean stopped;
    private boolean expired;
    private @Nullable Runnable running;
    private @Nullable Future<?> timeout;

    /** Says that the conversation works on an answer. */
    void busy() {
        lock.lock();
        try {
            busy = true;
        } finally {
            lock.unlock();
        }
    }

    /** Says that the conversation waits for its client, and forgets a request. */
    void idle() {
        lock.lock();
        try {
            busy = false;
            requested = false;
        } finally {
            lock.unlock();
        }
    }

    /** Says how what runs now is cancelled, by a call that returns at once; null says that nothing runs. */
    void running(@Nullable Runnable cancel) {
        running(cancel, 0);
    }

    /**
     * As {@link #running(Runnable)}, and has it cancelled once it has run for so long.
     *
     * @param timeoutMillis 0 for as long as it takes
     */
    void running(@Nullable Runnable cancel, long timeoutMillis) {
        lock.lock();
        try {
            if (timeout != null) {
                timeout.cancel(false);
                timeout = null;
            }
            running = cancel;
            if (cancel != null) {
                expired = false;
            }
            if (cancel != null && timeoutMillis > 0) {
                timeout = StatementTimer.after(timeoutMillis, () -> expire(cancel));
            }
            if (cancel != null && (requested || left)) {
                cancel.run();
            }
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("ReferenceEquality") // What runs now, and not what is done likewise.
    private void expire(Runnable late) {
        lock.lock();
        try {
            if (running == late) {
                expired = true;
                late.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns what the client is told of the failure of what ran last. Only what its user cancelled is told as that: a
     * client that lost its server, or half of its connection, may go on over another.
     */
    RuntimeException told(MillraceException failure) {
        if (failure.code() != ErrorCode.CANCELLED) {
            return failure;
        }
        lock.lock();
        try {
            if (expired) {
                return Deadline.expired();
            }
            if (stopped) {
                return new SqlStateException("57P01", STOPPED);
            }
            return left ? new SqlStateException("08006", "connection to client lost") : failure;
        } finally {
            lock.unlock();
        }
    }

    /** Cancels what runs now. */
    void request() {
        lock.lock();
        try {
            requested = busy;
            if (busy && running != null) {
                running.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Says that nobody reads answers any more. */
    void leave() {
        lock.lock();
        try {
            left = true;
            if (running != null) {
                running.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Says that the server stops. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            leave();
        } finally {
            lock.unlock();
        }
    }

    /** @throws MillraceException where the answer under work is no longer wanted */
    void check() {
        lock.lock();
        try {
            if (requested || left) {
                throw new MillraceException(
                        ErrorCode.CANCELLED, left ? "the client has left" : "canceling statement due to user request");
            }
        } finally {
            lock.unlock();
        }
    }
}
