package io.millrace.runtime.over;

import io.millrace.spi.row.RowBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows with a value are in each partition. Every row is looked at once, however often it is asked about. For one
 * thread at a time.
 */
final class ValuePlaces {

    private final CountedPlaces.Values values;
    private @Nullable Places[] partitions = {};

    ValuePlaces(CountedPlaces.Values values) {
        this.values = values;
    }

    /** The positions of the rows with a value, from the first that is still in the partition. */
    static final class Places {
        private long[] positions = new long[4];
        private int head;
        private int end;
        private long looked;

        /** Returns how many lie from one position to before another. */
        int count(long from, long to) {
            return Math.max(0, place(to) - place(from));
        }

        /** Returns the n-th, from 1, of those from a position on. */
        long from(long from, long n) {
            return positions[(int) (place(from) + n - 1)];
        }

        private int place(long position) {
            int found = Arrays.binarySearch(positions, head, end, position);
            return found >= 0 ? found : -found - 1;
        }

        private void add(long position) {
            if (end == positions.length) {
                long[] kept = new long[Math.max(4, 2 * (end - head))];
                System.arraycopy(positions, head, kept, 0, end - head);
                positions = kept;
                end -= head;
                head = 0;
            }
            positions[end++] = position;
        }
    }

    /** Returns the places of a partition, up to a position. */
    Places of(Partition partition, RowBatch batch, long end) {
        int number = partition.number();
        if (number >= partitions.length) {
            partitions = Arrays.copyOf(partitions, Math.max(number + 1, 2 * partitions.length));
        }
        Places places = partitions[number];
        if (places == null) {
            places = new Places();
            partitions[number] = places;
        }
        while (places.head < places.end && places.positions[places.head] < partition.first()) {
            places.head++;
        }
        for (long at = Math.max(places.looked, partition.first()); at < end; at++) {
            if (values.at(partition, batch, at)) {
                places.add(at);
            }
            places.looked = at + 1;
        }
        return places;
    }

    /** Forgets a partition. */
    void clear(int partition) {
        if (partition < partitions.length) {
            partitions[partition] = null;
        }
    }
}
