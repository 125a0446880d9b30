package io.millrace.server.engine;

import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.row.JavaValues;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task step by step on a thread of its own: while there is something to do, and again when it is
 * woken. A task that fails is opened anew after a pause that doubles up to a minute; it goes on from what it
 * last committed.
 */
final class TaskThread implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(TaskThread.class.getName());
    private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** How long somebody outside may take to answer once nobody wants the task any more. */
    static final Duration GRACE = Duration.ofSeconds(1);

    /** When a task that was opened too late to be cancelled is. */
    private static final Duration CANCEL_AGAIN = Duration.ofMillis(100);

    /** Something that goes on step by step. Used by one thread. */
    interface Task extends AutoCloseable {

        /** Does a bounded amount of work; returns whether there was any. */
        boolean step();

        /** Has a listener called when there may be more to do. */
        Subscription onAvailable(Runnable listener);

        /** Returns when to take a step though nobody calls, microseconds since 1970; empty for never. */
        OptionalLong wakeMicros();

        /** Has a step that waits for somebody else's answer end at once. Called by another thread. */
        default void cancel() {}

        @Override
        void close();
    }

    /** What a task throws that is to be opened anew at once, for something else than a failure. */
    static final class ReopenedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /** @param why for whoever looks at it while it is under way */
        ReopenedException(String why) {
            super(why, null, false, false);
        }
    }

    /** Opens a task, for the thread that will run it. */
    interface Opener {

        /**
         * Opens the task.
         *
         * @param stopping whether nobody wants the task any more; asked by an opener that takes long
         */
        Task open(BooleanSupplier stopping);
    }

    private final String name;
    private final InstantSource clock;
    private final Opener opener;
    private final Semaphore wake = new Semaphore(0);
    private final CountDownLatch tried = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private Duration pause = FIRST_PAUSE;
    private volatile @Nullable Task open;
    private volatile boolean stopping;
    private volatile @Nullable String failure;
    private volatile @Nullable PastFailure lastFailure;

    private TaskThread(String name, InstantSource clock, Opener opener) {
        this.name = name;
        this.clock = clock;
        this.opener = opener;
        this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
    }

    /** Starts a thread that opens the task and runs it. */
    static TaskThread start(String name, InstantSource clock, Opener opener) {
        TaskThread thread = new TaskThread(name, clock, opener);
        thread.thread.start();
        return thread;
    }

    /** Returns why the task last failed, or null where it runs. */
    @Nullable
    String failure() {
        return failure;
    }

    /**
     * What a task failed with, and when.
     *
     * @param reason in words for people
     */
    record PastFailure(String reason, Instant at) {}

    /** Returns how the task failed last, also where it runs again; null where it never did. */
    @Nullable
    PastFailure lastFailure() {
        return lastFailure;
    }

    /** Waits until the task has been opened, or has failed to. */
    void awaitOpened() {
        try {
            tried.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has the task end after the step it is at. */
    void stopSoon() {
        stopping = true;
        wake.release();
    }

    /**
     * Ends the task after the step it is at, and waits for that. A step that waits for somebody outside gets a moment, and
     * is broken off then.
     */
    @Override
    public void close() {
        close(GRACE);
    }

    /** @param grace how long the step it is at may take until it is broken off */
    void close(Duration grace) {
        stopSoon();
        boolean interrupted = false;
        long end = System.nanoTime() + grace.toNanos();
        boolean done = false;
        while (!done) {
            try {
                done = ended.await(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (!done) {
                    cancel();
                    end = System.nanoTime() + CANCEL_AGAIN.toNanos();
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void cancel() {
        Task task = open;
        if (task != null) {
            task.cancel();
        }
    }

    private void run() {
        try {
            runUntilStopped();
        } finally {
            tried.countDown();
            ended.countDown();
        }
    }

    private void runUntilStopped() {
        while (!stopping) {
            try (Task task = opener.open(() -> stopping)) {
                open = task;
                tried.countDown();
                runWoken(task);
            } catch (ReopenedException e) {
                LOG.log(Level.FINE, name + " is opened anew: " + e.getMessage());
            } catch (RuntimeException | Error e) {
                if (stopping && e instanceof MillraceException known && known.code() == ErrorCode.CANCELLED) {
                    return;
                }
                // An Error as well: a task that is shown as running must be running.
                String reason = describe(e);
                failure = reason;
                lastFailure = new PastFailure(reason, clock.instant());
                tried.countDown();
                LOG.log(Level.WARNING, name + " failed and is tried again in " + pause.toSeconds() + " s", e);
                awaitAll(pause);
                Duration longer = pause.multipliedBy(2);
                pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
            }
        }
    }

    private static String describe(Throwable failure) {
        if (failure instanceof MillraceException known) {
            return known.describe();
        }
        return DiskErrors.isDiskFull(failure)
                ? "no space left on the disk"
                : failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private void runWoken(Task task) {
        Subscription subscription = task.onAvailable(wake::release);
        try {
            stepUntilStopped(task);
        } finally {
            subscription.close();
        }
    }

    private void stepUntilStopped(Task task) {
        while (!stopping) {
            wake.drainPermits();
            boolean worked = task.step();
            failure = null;
            pause = FIRST_PAUSE;
            if (!worked) {
                await(untilDue(task));
            }
        }
    }

    private Duration untilDue(Task task) {
        OptionalLong due = task.wakeMicros();
        if (due.isEmpty()) {
            return LOOK_AT_LEAST_EVERY;
        }
        long micros = due.getAsLong() - JavaValues.micros(clock.instant());
        Duration left = Duration.of(Math.max(0, micros), ChronoUnit.MICROS);
        return left.compareTo(LOOK_AT_LEAST_EVERY) < 0 ? left : LOOK_AT_LEAST_EVERY;
    }

    /** Waits the whole time, woken or not, unless it is told to stop. */
    private void awaitAll(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0 && !stopping; left = end - System.nanoTime()) {
            await(Duration.ofNanos(left));
        }
    }

    private void await(Duration time) {
        if (stopping) {
            return;
        }
        try {
            wake.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            stopping = true;
        }
    }
}
