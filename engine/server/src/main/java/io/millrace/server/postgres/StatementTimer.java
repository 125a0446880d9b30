package io.millrace.server.postgres;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends what takes longer than its session allows, also where it does not look at the clock. One thread for all sessions. */
final class StatementTimer {

    private static final Duration THREAD_KEPT = Duration.ofSeconds(30);
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private StatementTimer() {}

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, task -> Thread.ofPlatform().daemon().name("statement timer").unstarted(task));
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(THREAD_KEPT.toMillis(), TimeUnit.MILLISECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    /** Has a call made after a while, which returns at once, unless what this returns is cancelled before. */
    static Future<?> after(long millis, Runnable call) {
        return TIMER.schedule(call, millis, TimeUnit.MILLISECONDS);
    }
}
