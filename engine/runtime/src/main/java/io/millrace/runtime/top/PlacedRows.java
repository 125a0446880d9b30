package io.millrace.runtime.top;

import java.util.Arrays;

/** Rows with the place each has and how often it is there, in order. */
final class PlacedRows {

    private int[] rows = {};
    private long[] places = {};
    private int[] counts = {};
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    void add(int row, long place, int count) {
        if (size == rows.length) {
            int capacity = Math.max(64, 2 * size);
            rows = Arrays.copyOf(rows, capacity);
            places = Arrays.copyOf(places, capacity);
            counts = Arrays.copyOf(counts, capacity);
        }
        rows[size] = row;
        places[size] = place;
        counts[size++] = count;
    }

    /** Returns the rows, in the first {@link #size} places. */
    int[] rows() {
        return rows;
    }

    /** Returns the place of each row. */
    long[] places() {
        return places;
    }

    /** Returns how often each row is there. */
    int[] counts() {
        return counts;
    }

    int row(int i) {
        return rows[i];
    }

    long place(int i) {
        return places[i];
    }

    int count(int i) {
        return counts[i];
    }
}
