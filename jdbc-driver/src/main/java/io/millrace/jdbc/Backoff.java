package io.millrace.jdbc;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Pauses between attempts, each twice as long as the one before up to a second, until the time is over. */
final class Backoff {

    private static final long PAUSE_MAX_MILLIS = 1000;

    private final long started = System.nanoTime();
    private final long timeoutNanos;
    private long pauseMillis = 1;

    /** @param timeoutMillis how long attempts are made, 0 for ever */
    Backoff(int timeoutMillis) {
        this.timeoutNanos = timeoutMillis == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    /**
     * Waits for the next attempt and returns whether to make it.
     *
     * @param monitor who changes what {@code over} looks at notifies it
     */
    boolean pause(Object monitor, BooleanSupplier over) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMillis);
        pauseMillis = Math.min(PAUSE_MAX_MILLIS, 2 * pauseMillis);
        synchronized (monitor) {
            long left = end - System.nanoTime();
            while (left > 0 && !over.getAsBoolean()) {
                try {
                    monitor.wait(1 + TimeUnit.NANOSECONDS.toMillis(left));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
                left = end - System.nanoTime();
            }
            return !over.getAsBoolean() && System.nanoTime() - started < timeoutNanos;
        }
    }
}
