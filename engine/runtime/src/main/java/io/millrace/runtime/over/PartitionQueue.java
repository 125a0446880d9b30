package io.millrace.runtime.over;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;

/** Rows in the order in which they came in, each as the number of its partition and its position there. */
final class PartitionQueue {

    private int[] partitions = new int[64];
    private long[] positions = new long[64];
    private int head;
    private int size;

    int size() {
        return size;
    }

    void add(int partition, long position) {
        if (size == partitions.length) {
            grow();
        }
        int place = (head + size) & (partitions.length - 1);
        partitions[place] = partition;
        positions[place] = position;
        size++;
    }

    int partition(int index) {
        return partitions[(head + index) & (partitions.length - 1)];
    }

    long position(int index) {
        return positions[(head + index) & (positions.length - 1)];
    }

    void removeFirst(int count) {
        head = (head + count) & (partitions.length - 1);
        size -= count;
    }

    void save(StateWriter out) {
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            out.writeInt(partition(i));
            out.writeLong(position(i));
        }
    }

    /** Takes back what {@link #save} stored, behind what is here. */
    void load(StateReader in) {
        int count = in.readCount(12);
        for (int i = 0; i < count; i++) {
            add(in.readInt(), in.readLong());
        }
    }

    private void grow() {
        int[] morePartitions = new int[2 * size];
        long[] morePositions = new long[2 * size];
        for (int i = 0; i < size; i++) {
            morePartitions[i] = partition(i);
            morePositions[i] = position(i);
        }
        partitions = morePartitions;
        positions = morePositions;
        head = 0;
    }
}
