package io.millrace.log.segment;

import java.util.Arrays;

/**
 * Where in a segment some of its frames start, by index and by arrival time: one frame every so many
 * bytes. From the frame before the wanted one on, frames are walked. Safe for use by several threads.
 */
public final class SparseIndex {

    private final int intervalBytes;
    private int size;
    private long[] indexes = new long[16];
    private long[] arrivals = new long[16];
    private int[] positions = new int[16];

    public SparseIndex(int intervalBytes) {
        this.intervalBytes = intervalBytes;
    }

    /** Takes note of a frame with entries, if it is far enough from the last one noted. */
    public synchronized void offer(long firstIndex, long arrivalMicros, int bytePosition) {
        if (size == 0 || bytePosition - positions[size - 1] >= intervalBytes) {
            add(firstIndex, arrivalMicros, bytePosition);
        }
    }

    synchronized void add(long firstIndex, long arrivalMicros, int bytePosition) {
        if (size == positions.length) {
            indexes = Arrays.copyOf(indexes, 2 * size);
            arrivals = Arrays.copyOf(arrivals, 2 * size);
            positions = Arrays.copyOf(positions, 2 * size);
        }
        indexes[size] = firstIndex;
        arrivals[size] = arrivalMicros;
        positions[size] = bytePosition;
        size++;
    }

    /** Returns a byte position from which walking forward meets every frame at or after this index. */
    public synchronized int positionBefore(long index) {
        return floor(Arrays.binarySearch(indexes, 0, size, index - 1));
    }

    /** Returns a byte position from which walking forward meets every frame that arrived at this time or later. */
    public synchronized int positionBeforeArrival(long arrivalMicros) {
        int place = Arrays.binarySearch(arrivals, 0, size, arrivalMicros);
        while (place > 0 && arrivals[place - 1] == arrivalMicros) {
            place--;
        }
        return floor(place > 0 ? place - 1 : place);
    }

    // The frame found, or the last one before where it would be; the segment's start before the first.
    private int floor(int found) {
        int place = found >= 0 ? found : -found - 2;
        return place < 0 ? 0 : positions[place];
    }

    synchronized int size() {
        return size;
    }

    synchronized long index(int entry) {
        return indexes[entry];
    }

    synchronized long arrival(int entry) {
        return arrivals[entry];
    }

    synchronized int position(int entry) {
        return positions[entry];
    }
}
