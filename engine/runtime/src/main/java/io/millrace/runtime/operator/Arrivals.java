package io.millrace.runtime.operator;

import io.millrace.runtime.join.RowStore;
import io.millrace.runtime.join.TimeIndex;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * When the rows of a store came, to forget them after a while. Time is that of steps, so a step that is taken again
 * forgets the same. For one thread at a time.
 */
final class Arrivals {

    private final long ttlMicros;
    private final TimeIndex byTime;
    private long[] times = {};

    /** @param ttlMicros how long rows are kept, microseconds */
    Arrivals(long ttlMicros) {
        this.ttlMicros = ttlMicros;
        this.byTime = new TimeIndex(ttlMicros);
    }

    void add(int row, long clockMicros) {
        if (row >= times.length) {
            times = Arrays.copyOf(times, Math.max(row + 1, Math.max(256, times.length + (times.length >> 1))));
        }
        times[row] = clockMicros;
        byTime.add(row, clockMicros);
    }

    /** Gives the rows that have been there for long enough. They are the caller's to remove. */
    void takeOld(long clockMicros, IntConsumer taken) {
        byTime.takeBelow(clockMicros - ttlMicros + 1, taken);
    }

    void save(RowStore store, StateWriter out) {
        for (int row = 0; row < store.size(); row++) {
            if (store.live(row)) {
                out.writeLong(times[row]);
            }
        }
    }

    void load(RowStore store, StateReader in) {
        for (int row = 0; row < store.size(); row++) {
            if (store.live(row)) {
                add(row, in.readLong());
            }
        }
    }
}
