package io.millrace.runtime.match;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import java.util.Arrays;

/**
 * Ways to match that are open, the preferred ones first: each at an instruction that takes the next row, with what it has
 * mapped and the position of its first row.
 */
final class ThreadList {

    private static final int[] NONE = {};

    private int[] places = NONE;
    private int[] nodes = NONE;
    private long[] starts = {};
    private int size;

    int size() {
        return size;
    }

    int place(int index) {
        return places[index];
    }

    int node(int index) {
        return nodes[index];
    }

    long start(int index) {
        return starts[index];
    }

    void add(int place, int node, long start) {
        if (size == places.length) {
            int capacity = Math.max(4, 2 * size);
            places = Arrays.copyOf(places, capacity);
            nodes = Arrays.copyOf(nodes, capacity);
            starts = Arrays.copyOf(starts, capacity);
        }
        places[size] = place;
        nodes[size] = node;
        starts[size] = start;
        size++;
    }

    /** Keeps the threads whose start is at a position or behind it. Starts ascend. */
    void dropStartsBefore(long position) {
        int kept = 0;
        while (kept < size && starts[kept] < position) {
            kept++;
        }
        if (kept > 0) {
            System.arraycopy(places, kept, places, 0, size - kept);
            System.arraycopy(nodes, kept, nodes, 0, size - kept);
            System.arraycopy(starts, kept, starts, 0, size - kept);
            size -= kept;
        }
    }

    /** Takes the threads of another list in place of its own, and gives it its memory. */
    void swap(ThreadList other) {
        int[] ownPlaces = places;
        int[] ownNodes = nodes;
        long[] ownStarts = starts;
        int ownSize = size;
        places = other.places;
        nodes = other.nodes;
        starts = other.starts;
        size = other.size;
        other.places = ownPlaces;
        other.nodes = ownNodes;
        other.starts = ownStarts;
        other.size = ownSize;
    }

    void clear() {
        size = 0;
    }

    void renumber(int[] numbers) {
        for (int i = 0; i < size; i++) {
            nodes[i] = nodes[i] == History.NONE ? History.NONE : numbers[nodes[i]];
        }
    }

    void save(StateWriter out) {
        out.writeInt(size);
        out.writeInts(places, size);
        out.writeInts(nodes, size);
        out.writeLongs(starts, size);
    }

    void load(StateReader in) {
        size = in.readCount(16);
        places = in.readInts(size);
        nodes = in.readInts(size);
        starts = in.readLongs(size);
    }
}
