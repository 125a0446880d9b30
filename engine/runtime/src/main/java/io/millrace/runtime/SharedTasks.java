package io.millrace.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** Tasks that several threads take, one after the other. A thread that comes when all are taken has nothing to do. */
final class SharedTasks implements Runnable {

    /** A task takes about as long as it takes to put a thread to sleep and wake it: the last ones are waited for awake. */
    private static final int SPINS = 2_000;

    private final int count;
    private final IntConsumer task;
    private final Thread owner = Thread.currentThread();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    SharedTasks(int count, IntConsumer task) {
        this.count = count;
        this.task = task;
    }

    @Override
    public void run() {
        for (int i = taken.getAndIncrement(); i < count; i = taken.getAndIncrement()) {
            task.accept(i);
            if (done.incrementAndGet() == count && Thread.currentThread() != owner) {
                LockSupport.unpark(owner);
            }
        }
    }

    /** Waits until all tasks are done, whoever does them. By the thread that made this. */
    void await() {
        for (int i = 0; i < SPINS && done.get() < count; i++) {
            Thread.onSpinWait();
        }
        boolean interrupted = false;
        while (done.get() < count) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            owner.interrupt();
        }
    }
}
