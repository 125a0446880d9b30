package io.millrace.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;

/**
 * The threads that share the work of a step. Whoever has work does its part of it: with all others busy it does it all, so
 * nobody ever waits for a thread that may not come. Safe for use by several threads.
 */
public final class Workers {

    /** Fewer rows are not worth waking another thread. */
    private static final int SHARED_ROWS_MIN = 1024;

    private static final Workers ALONE = new Workers(Runnable::run, 0, Integer.MAX_VALUE);

    private final Executor executor;
    private final int others;
    private final int rowsMin;

    private Workers(Executor executor, int others, int rowsMin) {
        this.executor = executor;
        this.others = others;
        this.rowsMin = rowsMin;
    }

    /** Returns workers of which there is just the one that has the work. */
    public static Workers alone() {
        return ALONE;
    }

    /**
     * Returns workers that call for others.
     *
     * @param executor runs the others; it must not run them in the thread that calls
     * @param others how many there may be beside the one that has the work; 0 for none
     */
    public static Workers of(Executor executor, int others) {
        return of(executor, others, SHARED_ROWS_MIN);
    }

    /**
     * As {@link #of(Executor, int)}.
     *
     * @param rowsMin from how many rows on others are called
     */
    public static Workers of(Executor executor, int others, int rowsMin) {
        return others == 0 ? ALONE : new Workers(executor, others, rowsMin);
    }

    /** Returns whether work on so many rows is worth being shared. */
    public boolean worthSharing(int rows) {
        return rows >= rowsMin;
    }

    /**
     * Does the tasks from 0 on, in any order, and returns when all are done.
     *
     * @param task must not throw; what it has written is seen by who called this
     */
    public void run(int tasks, IntConsumer task) {
        int helpers = Math.min(others, tasks - 1);
        if (helpers <= 0) {
            for (int i = 0; i < tasks; i++) {
                task.accept(i);
            }
            return;
        }
        SharedTasks shared = new SharedTasks(tasks, task);
        call(helpers, shared);
        shared.run();
        shared.await();
    }

    private void call(int helpers, Runnable shared) {
        try {
            for (int i = 0; i < helpers; i++) {
                executor.execute(shared);
            }
        } catch (RejectedExecutionException e) {
            // The program ends: what there is to do until then is done alone.
        }
    }
}
