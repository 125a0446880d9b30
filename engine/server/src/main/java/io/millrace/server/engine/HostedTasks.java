package io.millrace.server.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The tasks that run, each on its thread, by the name of what they belong to. Safe for use by several threads. */
final class HostedTasks implements AutoCloseable {

    private final Map<String, TaskThread> running = new ConcurrentHashMap<>();
    private final InstantSource clock;

    HostedTasks(InstantSource clock) {
        this.clock = clock;
    }

    void start(String name, TaskThread.Opener opener) {
        running.computeIfAbsent(name, key -> TaskThread.start(key, clock, opener));
    }

    /** Waits until a task has been opened or has failed to; does nothing where none of that name runs. */
    void awaitOpened(String name) {
        TaskThread task = running.get(name);
        if (task != null) {
            task.awaitOpened();
        }
    }

    /** Ends a task after the step it is at; does nothing where none of that name runs. */
    void stop(String name) {
        TaskThread task = running.remove(name);
        if (task != null) {
            task.close();
        }
    }

    @Nullable
    TaskThread find(String name) {
        return running.get(name);
    }

    /** Returns what the task of this name fails with, or null where it does not, or where there is none. */
    @Nullable
    String failure(String name) {
        TaskThread task = running.get(name);
        return task == null ? null : task.failure();
    }

    /** Returns how the task of this name failed last; null where it never did, or where there is none. */
    TaskThread.@Nullable PastFailure lastFailure(String name) {
        TaskThread task = running.get(name);
        return task == null ? null : task.lastFailure();
    }

    @Override
    public void close() {
        // All are told before the first is waited for.
        running.values().forEach(TaskThread::stopSoon);
        long end = System.nanoTime() + TaskThread.GRACE.toNanos();
        running.values().forEach(task -> task.close(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
        running.clear();
    }
}
