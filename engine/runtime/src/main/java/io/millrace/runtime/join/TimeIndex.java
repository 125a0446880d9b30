package io.millrace.runtime.join;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Row numbers by time, in buckets of some breadth: to find those whose time has passed without looking at the others.
 */
public final class TimeIndex {

    private static final long BREADTH_MIN = 1_000_000;
    private static final int BUCKETS = 32;

    private final long breadth;
    private final TreeMap<Long, Bucket> buckets = new TreeMap<>();
    /** The bucket that was added to last, which mostly is that of the next row. */
    private @Nullable Bucket last;

    private long lastNumber;

    /** Creates an empty index for rows that stay for so many microseconds. */
    public TimeIndex(long span) {
        this.breadth = Math.max(BREADTH_MIN, span / BUCKETS);
    }

    public void add(int row, long time) {
        long number = Math.floorDiv(time, breadth);
        Bucket bucket = last;
        if (bucket == null || number != lastNumber) {
            bucket = buckets.computeIfAbsent(number, b -> new Bucket());
            last = bucket;
            lastNumber = number;
        }
        bucket.add(row, time);
    }

    /** Returns the least time, or {@link Long#MAX_VALUE} where there is no row. */
    public long least() {
        return buckets.isEmpty() ? Long.MAX_VALUE : buckets.firstEntry().getValue().least;
    }

    /** Takes out the rows of times below this one, oldest buckets first. */
    public void takeBelow(long time, IntConsumer taken) {
        last = null;
        while (!buckets.isEmpty()) {
            Map.Entry<Long, Bucket> first = buckets.firstEntry();
            if (first.getValue().least >= time) {
                return;
            }
            first.getValue().takeBelow(time, taken);
            if (first.getValue().count > 0) {
                return;
            }
            buckets.remove(first.getKey());
        }
    }

    private static final class Bucket {

        private int[] rows = new int[16];
        private long[] times = new long[16];
        private int count;
        private long least = Long.MAX_VALUE;

        void add(int row, long time) {
            if (count == rows.length) {
                rows = Arrays.copyOf(rows, 2 * count);
                times = Arrays.copyOf(times, 2 * count);
            }
            rows[count] = row;
            times[count++] = time;
            least = Math.min(least, time);
        }

        void takeBelow(long time, IntConsumer taken) {
            int kept = 0;
            least = Long.MAX_VALUE;
            for (int i = 0; i < count; i++) {
                if (times[i] >= time) {
                    rows[kept] = rows[i];
                    times[kept++] = times[i];
                    least = Math.min(least, times[i]);
                } else {
                    taken.accept(rows[i]);
                }
            }
            count = kept;
        }
    }
}
