package io.millrace.log;

/**
 * Bounds the bytes that wait for one writer. Who wants to add more waits until there is room, but never
 * the writer itself (it would wait for itself) and never for an append that is alone. Safe for use by
 * several threads.
 */
final class QueueBudget {

    private final long bytesMax;
    private long bytes;

    QueueBudget(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Takes bytes of the budget; waits for room where {@code mayWait}. An interrupt does not end the wait. */
    synchronized void take(long wanted, boolean mayWait) {
        boolean interrupted = false;
        while (mayWait && bytes > 0 && bytes + wanted > bytesMax) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        bytes += wanted;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives bytes back. */
    synchronized void give(long returned) {
        bytes -= returned;
        notifyAll();
    }
}
