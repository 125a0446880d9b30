package io.millrace.spi.connector;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls of another system that can be broken off though its library offers no way: each runs on a virtual thread of its
 * own, and to interrupt that thread has the JDK close the socket that it waits for. It closes files that the thread reads
 * or writes as well, so a call must not use one that others use. Safe for use by several threads.
 */
public final class BreakableCalls {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final String place;
    private final BooleanSupplier unwanted;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    /** @param place what failures name */
    public BreakableCalls(String place) {
        this(place, () -> false);
    }

    /** @param unwanted asked now and then while something is called, and ends it as {@link #cancel} does */
    public BreakableCalls(String place, BooleanSupplier unwanted) {
        this.place = place;
        this.unwanted = unwanted;
    }

    /** What is called. */
    @FunctionalInterface
    public interface Call<T extends @Nullable Object, E extends Exception> {
        T run() throws E;
    }

    /** What came of a call. */
    private static final class Outcome<T extends @Nullable Object> implements Runnable {

        private final Call<T, ?> call;
        private @Nullable T result;
        private @Nullable Throwable failure;

        Outcome(Call<T, ?> call) {
            this.call = call;
        }

        @Override
        public void run() {
            try {
                result = call.run();
            } catch (Throwable e) {
                failure = e;
            }
        }
    }

    /**
     * Calls, and waits until the call has ended.
     *
     * @throws MillraceException {@code CANCELLED} where it was broken off, or would have begun after that
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // A call without a failure has a result, null where it may be.
    public <T extends @Nullable Object, E extends Exception> T run(Call<T, E> call) throws E {
        if (cancelled) {
            throw brokenOff(null);
        }
        Outcome<T> outcome = new Outcome<>(call);
        await(Thread.ofVirtual().unstarted(outcome));
        Throwable failure = outcome.failure;
        if (failure != null && cancelled) {
            throw brokenOff(failure);
        }
        switch (failure) {
            case null -> {
                return outcome.result;
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw (E) failure;
        }
    }

    private void await(Thread thread) {
        running.add(thread);
        boolean interrupted = false;
        try {
            thread.start();
            if (cancelled) {
                thread.interrupt();
            }
            while (true) {
                try {
                    if (thread.join(LOOK_EVERY)) {
                        return;
                    }
                    if (unwanted.getAsBoolean()) {
                        cancel();
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                    thread.interrupt();
                }
            }
        } finally {
            running.remove(thread);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private MillraceException brokenOff(@Nullable Throwable cause) {
        return new MillraceException(ErrorCode.CANCELLED, "stopped while " + place + " had not answered", null, cause);
    }

    /**
     * Returns what a {@link Receiver} fails with where a call was broken off.
     *
     * @throws MillraceException the failure itself where it is another
     */
    public IOException stopped(MillraceException failure) {
        if (failure.code() != ErrorCode.CANCELLED) {
            throw failure;
        }
        IOException stopped = new InterruptedIOException(failure.getMessage());
        stopped.initCause(failure);
        return stopped;
    }

    /**
     * Breaks off the calls that are under way, and all that are begun later. May be repeated, for a call whose library has
     * taken the interrupt for something else.
     */
    public void cancel() {
        cancelled = true;
        running.forEach(Thread::interrupt);
    }
}
