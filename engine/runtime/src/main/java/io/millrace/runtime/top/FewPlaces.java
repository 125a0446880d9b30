package io.millrace.runtime.top;

import io.millrace.runtime.join.RowStore;
import io.millrace.runtime.state.RowOrder;
import java.util.Arrays;

/**
 * At most so many rows per partition, of all partitions in one array.
 *
 * <pre>
 *   rows     │ 7 3 · │ 1 · · │ 4 9 2 │       three places each
 *   counts   │   2   │   1   │   3   │
 * </pre>
 */
public final class FewPlaces implements RowPlaces {

    /** Above this many places a partition with few rows would waste too much. */
    public static final int PLACES_MAX = 16;

    private final RowStore store;
    private final RowOrder order;
    private final int places;
    private int[] rows = {};
    private byte[] counts = {};

    /** @param places at most {@link #PLACES_MAX} */
    public FewPlaces(RowStore store, RowOrder order, int places) {
        this.store = store;
        this.order = order;
        this.places = places;
    }

    @Override
    public int add(int partition, int row) {
        grow(partition);
        int first = partition * places;
        int count = counts[partition];
        int place = count;
        while (place > 0 && order.compare(store.rows(), row, rows[first + place - 1]) < 0) {
            place--;
        }
        if (place == places) {
            return row;
        }
        int gone = count == places ? rows[first + count - 1] : NONE;
        int moved = Math.min(count, places - 1) - place;
        System.arraycopy(rows, first + place, rows, first + place + 1, moved);
        rows[first + place] = row;
        counts[partition] = (byte) Math.min(places, count + 1);
        return gone;
    }

    private void grow(int partition) {
        if (partition >= counts.length) {
            int capacity = Math.max(partition + 1, Math.max(64, counts.length + (counts.length >> 1)));
            counts = Arrays.copyOf(counts, capacity);
            rows = Arrays.copyOf(rows, Math.multiplyExact(capacity, places));
        }
    }

    @Override
    public void remove(int partition, int row) {
        int first = partition * places;
        int place = 0;
        while (rows[first + place] != row) {
            place++;
        }
        int behind = --counts[partition] - place;
        System.arraycopy(rows, first + place + 1, rows, first + place, behind);
    }

    @Override
    public int count(int partition) {
        return partition < counts.length ? counts[partition] : 0;
    }

    @Override
    public int row(int partition, int place) {
        return rows[partition * places + place];
    }

    @Override
    public void removeLast(int partition) {
        counts[partition]--;
    }

    @Override
    public void clear(int partition) {
        if (partition < counts.length) {
            counts[partition] = 0;
        }
    }
}
