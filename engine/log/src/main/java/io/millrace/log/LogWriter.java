package io.millrace.log;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The duty cycle that writes a group of shards: take all that waits, write it, force once per shard.
 * While it forces, the next group gathers; nobody waits for a timer.
 *
 * <p>{@link #work} does one turn. A thread calls it for ever, or a simulation when it pleases.
 */
final class LogWriter {

    private static final System.Logger LOG = System.getLogger(LogWriter.class.getName());

    /** All that is written goes through this much memory outside the heap. */
    private static final int BUFFER_BYTES = 1 << 20;

    /** More than this is not forced together, so that the first of a group need not wait for too many others. */
    private static final long GROUP_BYTES_MAX = 16 << 20;

    private final Queue<Work> queue = new ConcurrentLinkedQueue<>();
    private final QueueBudget budget;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Map<ShardTail, List<PendingAppend>> group = new LinkedHashMap<>();
    private @Nullable Thread thread;
    private volatile @Nullable Thread sleeper;
    private volatile boolean stopped;

    LogWriter(long queuedBytesMax) {
        this.budget = new QueueBudget(queuedBytesMax);
    }

    void start(ThreadFactory threads) {
        thread = threads.newThread(this::run);
        thread.start();
    }

    /** Returns the memory through which the shards of this writer write. */
    ByteBuffer buffer() {
        return buffer;
    }

    /** Adds an append; waits where too many bytes wait already. */
    void submit(PendingAppend append) {
        budget.take(append.frame().length(), thread != null && Thread.currentThread() != thread);
        enqueue(append);
    }

    /** Adds a task; its future completes when it has run. */
    CompletableFuture<Void> submit(Runnable action) {
        Work.Task task = new Work.Task(action);
        enqueue(task);
        return task.future();
    }

    /** Runs a task behind all that waits, and waits for it. Not to be called from what the writer itself calls. */
    void perform(Runnable action) {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("a listener or a completed append must not wait for the log's writer");
        }
        CompletableFuture<Void> done = submit(action);
        if (thread == null) {
            work();
        }
        try {
            done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof MillraceException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Ends the thread when all that waits is done; what comes later fails. */
    void stop() {
        perform(() -> stopped = true);
        Thread running = thread;
        if (running != null) {
            joinUninterrupted(running);
        }
        failQueued();
    }

    private void enqueue(Work work) {
        queue.add(work);
        if (stopped) {
            failQueued();
        }
        Thread waiting = sleeper;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    private void run() {
        while (!stopped) {
            try {
                if (!work()) {
                    sleep();
                }
            } catch (RuntimeException | Error e) {
                // Whatever it was, others still wait for this thread.
                LOG.log(Level.ERROR, "the log's writer stumbled", e);
            }
        }
    }

    private void sleep() {
        sleeper = Thread.currentThread();
        if (queue.isEmpty() && !stopped) {
            LockSupport.park(this);
        }
        sleeper = null;
        // An interrupt would close the files this thread writes, and nobody has a reason to send one.
        if (Thread.interrupted()) {
            LOG.log(Level.WARNING, "an interrupt of the log's writer was ignored");
        }
    }

    /** Does what waits at this moment; returns whether anything did. */
    boolean work() {
        Work next = queue.poll();
        if (next == null) {
            return false;
        }
        long bytes = 0;
        while (next != null) {
            if (next instanceof PendingAppend append) {
                group.computeIfAbsent(append.shard(), shard -> new ArrayList<>())
                        .add(append);
                bytes += append.frame().length();
            } else if (next instanceof Work.Task task) {
                commit(bytes);
                bytes = 0;
                task.run();
            }
            next = bytes < GROUP_BYTES_MAX ? queue.poll() : null;
        }
        commit(bytes);
        return true;
    }

    private void commit(long bytes) {
        try {
            group.forEach(LogWriter::commit);
        } finally {
            group.clear();
            if (bytes > 0) {
                budget.give(bytes);
            }
        }
    }

    private static void commit(ShardTail shard, List<PendingAppend> appends) {
        try {
            shard.commit(appends);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "writing the log failed", e);
            for (PendingAppend append : appends) {
                append.fail(new MillraceException(ErrorCode.INTERNAL, "writing the log failed: " + e, null, e));
            }
        }
    }

    private void failQueued() {
        for (Work work = queue.poll(); work != null; work = queue.poll()) {
            work.fail(new MillraceException(ErrorCode.SHUTTING_DOWN, "the log is closed"));
            if (work instanceof PendingAppend append) {
                budget.give(append.frame().length());
            }
        }
    }

    private static void joinUninterrupted(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
