package io.millrace.jdbc;

import java.util.Timer;
import java.util.TimerTask;
import org.jspecify.annotations.Nullable;

/** Ends statements that take too long. Its thread starts with the first of them. Safe for use by several threads. */
final class QueryTimers {

    private @Nullable Timer timer;
    private boolean closed;

    /** Runs an action in so many milliseconds, unless it is cancelled; returns null for 0, which is never. */
    synchronized @Nullable TimerTask schedule(Runnable action, long millis) {
        if (millis == 0 || closed) {
            return null;
        }
        if (timer == null) {
            timer = new Timer("millrace-jdbc-timeouts", true);
        }
        TimerTask task = new TimerTask() {
            @Override
            public void run() {
                action.run();
            }
        };
        timer.schedule(task, millis);
        return task;
    }

    synchronized void close() {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
    }
}
