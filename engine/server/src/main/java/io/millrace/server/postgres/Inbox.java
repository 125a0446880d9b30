package io.millrace.server.postgres;

import io.millrace.server.postgres.wire.Message;
import io.millrace.server.postgres.wire.ProtocolException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Messages that have come and not been answered yet, in a bounded queue between the thread that reads
 * the socket and the one that answers.
 */
final class Inbox {

    /** How much may lie here before the socket is no longer read; one message of any size always fits. */
    private static final long BYTES_MAX = 1024 * 1024;

    /** What a message counts beyond its body. */
    private static final int MESSAGE_BYTES = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private long bytes;
    private boolean ended;
    private boolean stopping;
    private boolean woken;
    private @Nullable ProtocolException failure;

    /** Appends a message, waiting for room. */
    void put(Message message) {
        lock.lock();
        try {
            while (bytes > BYTES_MAX && !stopping && !ended) {
                changed.awaitUninterruptibly();
            }
            messages.add(message);
            bytes += message.body().length + MESSAGE_BYTES;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Says that nothing more comes, and why where the client broke the protocol. */
    void end(@Nullable ProtocolException cause) {
        lock.lock();
        try {
            ended = true;
            failure = cause;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Says that the server stops: nothing that waits here is answered. */
    void stop() {
        lock.lock();
        try {
            stopping = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean stopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a {@link #take(Duration)} that waits, or the next one that would. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the next message, waiting for it; null where none comes any more.
     *
     * @throws ProtocolException where the client broke the protocol at this point
     */
    @Nullable
    Message take() {
        lock.lock();
        try {
            while (messages.isEmpty() && !ended && !stopping) {
                changed.awaitUninterruptibly();
            }
            return next();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the next message, waiting at most so long for it; null where none came, {@link #wake} was called or
     * none comes any more.
     *
     * @throws ProtocolException where the client broke the protocol at this point
     */
    @Nullable
    Message take(Duration wait) {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (messages.isEmpty() && !ended && !stopping && !woken && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
            return next();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether messages may still come. */
    boolean open() {
        lock.lock();
        try {
            return !(stopping || (ended && messages.isEmpty()));
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Message next() {
        Message message = stopping ? null : messages.poll();
        if (message == null && !stopping && failure != null) {
            throw failure;
        }
        if (message != null) {
            bytes -= message.body().length + MESSAGE_BYTES;
            changed.signalAll();
        }
        return message;
    }
}
