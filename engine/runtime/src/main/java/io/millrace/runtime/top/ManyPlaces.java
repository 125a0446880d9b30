package io.millrace.runtime.top;

import io.millrace.runtime.join.RowStore;
import io.millrace.runtime.state.RowOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Any number of rows per partition. */
public final class ManyPlaces implements RowPlaces {

    private final RowStore store;
    private final RowOrder order;
    private @Nullable SortedRows[] partitions = {};

    public ManyPlaces(RowStore store, RowOrder order) {
        this.store = store;
        this.order = order;
    }

    @Override
    public int add(int partition, int row) {
        if (partition >= partitions.length) {
            partitions = Arrays.copyOf(partitions, Math.max(partition + 1, Math.max(16, 2 * partitions.length)));
        }
        SortedRows sorted = partitions[partition];
        if (sorted == null) {
            sorted = new SortedRows();
            partitions[partition] = sorted;
        }
        sorted.add(row, store.rows(), order);
        return NONE;
    }

    @Override
    public void remove(int partition, int row) {
        SortedRows sorted = sorted(partition);
        if (sorted != null) {
            sorted.remove(row, store.rows(), order);
        }
    }

    @Override
    public int count(int partition) {
        SortedRows sorted = sorted(partition);
        return sorted == null ? 0 : sorted.count();
    }

    @Override
    public int row(int partition, int place) {
        SortedRows sorted = sorted(partition);
        if (sorted == null) {
            throw new IllegalArgumentException("no rows in partition " + partition);
        }
        return sorted.row(place);
    }

    @Override
    public void removeLast(int partition) {
        SortedRows sorted = sorted(partition);
        if (sorted != null) {
            sorted.removeLast();
        }
    }

    @Override
    public void clear(int partition) {
        if (partition < partitions.length) {
            partitions[partition] = null;
        }
    }

    private @Nullable SortedRows sorted(int partition) {
        return partition < partitions.length ? partitions[partition] : null;
    }
}
