package io.millrace.server.embedded;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bytes from one thread to another: who writes waits while it is full, who reads while it is empty. Safe for use by
 * several threads.
 */
final class BoundedPipe {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition drained = lock.newCondition();
    private final byte[] ring;
    private int start;
    private int count;
    private boolean ended;
    private boolean broken;
    private int timeoutMillis;

    BoundedPipe(int bytesMax) {
        this.ring = new byte[bytesMax];
    }

    /** Adds bytes, all of them. */
    void write(byte[] bytes, int offset, int length) throws IOException {
        lock.lock();
        try {
            int written = 0;
            while (written < length) {
                while (count == ring.length && !ended && !broken) {
                    drained.await();
                }
                if (ended || broken) {
                    throw new SocketException("broken pipe");
                }
                written += put(bytes, offset + written, length - written);
                filled.signalAll();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            lock.unlock();
        }
    }

    private int put(byte[] bytes, int offset, int length) {
        int end = (start + count) % ring.length;
        int size = Math.min(length, Math.min(ring.length - count, ring.length - end));
        System.arraycopy(bytes, offset, ring, end, size);
        count += size;
        return size;
    }

    /** Takes at least one byte and returns how many; -1 at the end. */
    int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            awaitBytes();
            if (broken) {
                throw new SocketException("pipe closed");
            }
            return count == 0 ? -1 : take(bytes, offset, length);
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            lock.unlock();
        }
    }

    private void awaitBytes() throws InterruptedException, SocketTimeoutException {
        long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        boolean limited = timeoutMillis > 0;
        while (count == 0 && !ended && !broken) {
            if (!limited) {
                filled.await();
            } else if (left <= 0) {
                throw new SocketTimeoutException("nothing came in " + timeoutMillis + " ms");
            } else {
                left = filled.awaitNanos(left);
            }
        }
    }

    private int take(byte[] bytes, int offset, int length) {
        int size = Math.min(length, Math.min(count, ring.length - start));
        System.arraycopy(ring, start, bytes, offset, size);
        start = (start + size) % ring.length;
        count -= size;
        drained.signalAll();
        return size;
    }

    int available() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Sets how long the next reads may wait, in milliseconds; 0 for ever. */
    void readTimeout(int millis) {
        lock.lock();
        try {
            timeoutMillis = millis;
        } finally {
            lock.unlock();
        }
    }

    /** No more is written; what is there can still be read. */
    void end() {
        lock.lock();
        try {
            ended = true;
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** No more is read; whoever waits fails. */
    void breakOff() {
        lock.lock();
        try {
            broken = true;
            wake();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        filled.signalAll();
        drained.signalAll();
    }

    /** Closed-by-interrupt is what a channel does as well: the stream is of no use afterwards. */
    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new java.io.InterruptedIOException("interrupted at a pipe");
    }
}
