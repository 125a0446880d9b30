package io.millrace.runtime.sketch;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which values are the most frequent, and how often each is there (Misra and Gries, with Anderson's way of making room).
 * Each value that is kept has a counter. When there are more than {@value #EXACT_MAX}, the median of all counters is
 * taken away from each, and those that have nothing left are forgotten.
 *
 * <p>A counter is never too high, and too low by at most 0.2 percent of all values that were added. It is exact where
 * there were no more different values than are kept.
 */
public final class FrequentSketch implements Sketch {

    /** So many different values are counted exactly. */
    public static final int EXACT_MAX = 1024;

    private final Map<Value, long[]> counters = new HashMap<>();

    /** A value in the bytes that it was added as, and at least how often it was added. */
    public record Counted(byte[] value, long count) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Counted counted && count == counted.count && Arrays.equals(value, counted.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return Arrays.toString(value) + " " + count + " times";
        }
    }

    private record Value(byte[] bytes) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Value value && Arrays.equals(bytes, value.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /** Adds a value so many times. Equal values have equal bytes. */
    public void add(byte[] value, long times) {
        counters.computeIfAbsent(new Value(value), v -> new long[1])[0] += times;
        if (counters.size() > EXACT_MAX) {
            makeRoom();
        }
    }

    private void makeRoom() {
        long[] counts = counters.values().stream()
                .mapToLong(counter -> counter[0])
                .sorted()
                .toArray();
        long median = counts[counts.length / 2];
        counters.values().removeIf(counter -> {
            counter[0] -= median;
            return counter[0] <= 0;
        });
    }

    /** Returns the values that are kept, the most frequent first; equally frequent ones by their bytes. */
    public List<Counted> mostFrequent() {
        return counters.entrySet().stream()
                .map(entry -> new Counted(entry.getKey().bytes, entry.getValue()[0]))
                .sorted(Comparator.comparingLong((Counted counted) -> -counted.count)
                        .thenComparing(Counted::value, Arrays::compareUnsigned))
                .toList();
    }

    @Override
    public void merge(Sketch other) {
        ((FrequentSketch) other)
                .counters.forEach(
                        (value, counter) -> counters.computeIfAbsent(value, v -> new long[1])[0] += counter[0]);
        if (counters.size() > EXACT_MAX) {
            makeRoom();
        }
    }

    @Override
    public void save(StateWriter out) {
        List<Counted> all = mostFrequent();
        out.writeInt(all.size());
        for (Counted counted : all) {
            out.writeBytes(counted.value);
            out.writeLong(counted.count);
        }
    }

    @Override
    public void load(StateReader in) {
        int size = in.readCount(12);
        for (int i = 0; i < size; i++) {
            byte[] value = in.readBytes();
            counters.put(new Value(value), new long[] {in.readLong()});
        }
    }
}
