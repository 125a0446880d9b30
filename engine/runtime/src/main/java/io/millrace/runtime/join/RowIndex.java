package io.millrace.runtime.join;

import io.millrace.runtime.state.StateWriter;
import io.millrace.runtime.state.ValueCodec;
import io.millrace.runtime.state.ValueOrder;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;

/** Finds a stored row that equals one that is taken back: chains of rows by the hash of all their values. */
final class RowIndex {

    private static final int NONE = -1;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private final StateWriter scratch = new StateWriter();
    private int[] buckets = filled(64);
    private int[] next = {};
    private int[] hashes = {};
    private int count;

    private static int[] filled(int size) {
        int[] array = new int[size];
        Arrays.fill(array, NONE);
        return array;
    }

    void grow(int rows) {
        if (rows > next.length) {
            int capacity = Math.max(rows, next.length + (next.length >> 1));
            next = Arrays.copyOf(next, capacity);
            hashes = Arrays.copyOf(hashes, capacity);
        }
    }

    int hash(RowBatch batch, int row) {
        scratch.clear();
        for (int i = 0; i < batch.columnCount(); i++) {
            ValueCodec.write(batch.column(i), row, scratch);
        }
        long hash = FACTOR;
        for (int i = 0; i < scratch.size(); i++) {
            hash = (hash ^ scratch.data()[i]) * FACTOR;
        }
        return (int) (hash >>> 32);
    }

    /** Returns the stored row that equals this one, or -1. */
    int find(int hash, RowBatch batch, int row, RowBatch stored) {
        for (int at = buckets[hash & (buckets.length - 1)]; at != NONE; at = next[at]) {
            if (hashes[at] == hash && equal(batch, row, stored, at)) {
                return at;
            }
        }
        return NONE;
    }

    private static boolean equal(RowBatch a, int rowOfA, RowBatch b, int rowOfB) {
        for (int i = 0; i < a.columnCount(); i++) {
            if (ValueOrder.compareNullsFirst(a.column(i), rowOfA, b.column(i), rowOfB) != 0) {
                return false;
            }
        }
        return true;
    }

    void add(int row, int hash) {
        hashes[row] = hash;
        if (++count > buckets.length) {
            enlarge();
        }
        link(row);
    }

    private void link(int row) {
        int bucket = hashes[row] & (buckets.length - 1);
        next[row] = buckets[bucket];
        buckets[bucket] = row;
    }

    private void enlarge() {
        int[] old = buckets;
        buckets = filled(2 * old.length);
        for (int first : old) {
            for (int row = first; row != NONE; ) {
                int following = next[row];
                link(row);
                row = following;
            }
        }
    }

    void remove(int row) {
        int bucket = hashes[row] & (buckets.length - 1);
        count--;
        if (buckets[bucket] == row) {
            buckets[bucket] = next[row];
            return;
        }
        int before = buckets[bucket];
        while (next[before] != row) {
            before = next[before];
        }
        next[before] = next[row];
    }
}
