package io.millrace.log;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Runs an action once every interval, in a thread of its own, until stopped. */
final class TrimTimer {

    private static final System.Logger LOG = System.getLogger(TrimTimer.class.getName());

    private final CountDownLatch stopped = new CountDownLatch(1);

    private TrimTimer() {}

    static TrimTimer start(ThreadFactory threads, Duration interval, Runnable action) {
        TrimTimer timer = new TrimTimer();
        threads.newThread(() -> timer.run(interval, action)).start();
        return timer;
    }

    private void run(Duration interval, Runnable action) {
        try {
            while (!stopped.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                runOnce(action);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void runOnce(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "enforcing retention failed, will try again", e);
        }
    }

    void stop() {
        stopped.countDown();
    }
}
