package io.millrace.server.postgres;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** The sessions that there are, and the keys with which their queries can be cancelled. Safe for use by several threads. */
final class Connections {

    /** What a client has to show to cancel. */
    record Key(int process, int secret) {}

    private record Entry(int secret, Cancellation cancellation) {}

    private final ConcurrentMap<Integer, Entry> byProcess = new ConcurrentHashMap<>();
    private final AtomicInteger processes = new AtomicInteger();
    private final Semaphore room;
    private final SecureRandom random;

    Connections(int sessionsMax, SecureRandom random) {
        this.room = new Semaphore(sessionsMax);
        this.random = random;
    }

    /** Adds a session and returns its key. */
    Key add(Cancellation cancellation) {
        if (!room.tryAcquire()) {
            throw new SqlStateException(
                    "53300", "sorry, too many clients already", "close sessions or raise the limit");
        }
        Key key = new Key(processes.incrementAndGet(), random.nextInt());
        byProcess.put(key.process(), new Entry(key.secret(), cancellation));
        return key;
    }

    void remove(Key key) {
        if (byProcess.remove(key.process()) != null) {
            room.release();
        }
    }

    /** Cancels what a session runs; without the right key nothing happens. */
    void cancel(int process, int secret) {
        Entry entry = byProcess.get(process);
        if (entry != null && MessageDigest.isEqual(bytes(entry.secret()), bytes(secret))) {
            entry.cancellation().request();
        }
    }

    private static byte[] bytes(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }
}
