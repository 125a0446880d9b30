package io.millrace.server.engine;

import io.millrace.spi.log.LogBatch;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rowtime bounds of the pumps that write one stream. What one pump promises holds for its own rows only,
 * so what is written into the stream is the least of what all have reached. Safe for use by several threads.
 */
final class StreamBounds {

    private final Map<String, Long> reached = new ConcurrentHashMap<>();

    /** Counts a pump among the writers; it has promised nothing yet. */
    void join(String pump) {
        reached.putIfAbsent(pump, LogBatch.NO_BOUND);
    }

    /** A pump that is gone holds nobody back. */
    void leave(String pump) {
        reached.remove(pump);
    }

    boolean hasWriters() {
        return !reached.isEmpty();
    }

    /** Returns what may be promised of all writers, where this one is about to reach a bound. */
    long common(String pump, long bound) {
        long least = bound;
        for (Map.Entry<String, Long> other : reached.entrySet()) {
            if (!other.getKey().equals(pump)) {
                least = Math.min(least, other.getValue());
            }
        }
        return least;
    }

    /** Notes a pump's bound once all rows before it are in the stream. */
    void reached(@Nullable String pump, long bound) {
        if (pump != null) {
            reached.computeIfPresent(pump, (name, before) -> Math.max(before, bound));
        }
    }
}
