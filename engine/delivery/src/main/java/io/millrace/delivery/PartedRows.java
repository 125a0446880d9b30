package io.millrace.delivery;

import io.millrace.delivery.layout.Layout;
import io.millrace.spi.row.RowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The selected rows of a batch, by the partition they belong to. */
final class PartedRows {

    private final RowBatch all;
    private final int @Nullable [] selection;
    private final int selectedCount;
    private final List<String> partitions = new ArrayList<>();

    /** The rows of each partition, ascending; null where there is but one, which has them all. */
    private final @Nullable List<Rows> parts;

    /** Numbers of rows, in the first {@code count} places. */
    private static final class Rows {
        private int[] numbers = new int[16];
        private int count;

        void add(int row) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, count * 2);
            }
            numbers[count++] = row;
        }
    }

    PartedRows(RowBatch all, Layout layout) {
        this.all = all;
        this.selection = all.selection();
        this.selectedCount = all.selectedCount();
        if (all.selectedCount() == 0) {
            parts = null;
        } else if (!layout.isPartitioned()) {
            partitions.add(layout.partition(all, all.selectedRow(0)));
            parts = null;
        } else {
            parts = part(layout);
        }
    }

    private List<Rows> part(Layout layout) {
        List<Rows> found = new ArrayList<>();
        Map<String, Rows> byPartition = new HashMap<>();
        for (int i = 0; i < all.selectedCount(); i++) {
            int row = all.selectedRow(i);
            String partition = layout.partition(all, row);
            byPartition
                    .computeIfAbsent(partition, key -> {
                        Rows rows = new Rows();
                        partitions.add(key);
                        found.add(rows);
                        return rows;
                    })
                    .add(row);
        }
        return found;
    }

    RowBatch all() {
        return all;
    }

    /** Returns the partitions that have rows, in the order of their first. */
    List<String> partitions() {
        return partitions;
    }

    /** Selects a partition's rows in a batch of the same rows. */
    void select(int partition, RowBatch rows) {
        if (parts != null) {
            Rows some = parts.get(partition);
            rows.select(some.numbers, some.count);
        }
    }

    /** Selects again what was selected before. */
    void unselect(RowBatch rows) {
        rows.select(selection, selectedCount);
    }
}
