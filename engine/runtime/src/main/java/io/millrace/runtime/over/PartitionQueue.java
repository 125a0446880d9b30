package io.millrace.runtime.over;

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
