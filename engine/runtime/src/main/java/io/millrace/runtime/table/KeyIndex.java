package io.millrace.runtime.table;

import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Finds a table's rows by their primary key. For one thread at a time. */
final class KeyIndex {

    private static final int NONE = -1;

    private final int[] columns;
    private final GroupTable keys;
    private final GroupedRows grouped = new GroupedRows();
    private int[] slotOf = {};
    private int[] keyOf = {};

    KeyIndex(RowType type, List<Integer> key) {
        this.columns = key.stream().mapToInt(Integer::intValue).toArray();
        this.keys = GroupTable.create(type, key);
    }

    /**
     * Takes out the rows of some slots and puts in new ones, all or nothing.
     *
     * @param firstSlot where the first row that is added will lie, the others behind it
     * @return the place among the added of a row whose key there is already; then nothing is changed. −1 else
     */
    int change(int[] removed, RowBatch added, int firstSlot) {
        for (int slot : removed) {
            slotOf[keyOf[slot]] = NONE;
        }
        grouped.of(added, 0);
        keys.find(grouped);
        grow(firstSlot + grouped.count());
        for (int i = 0; i < grouped.count(); i++) {
            int key = grouped.groups()[i];
            if (slotOf[key] != NONE) {
                undo(removed, i);
                return i;
            }
            slotOf[key] = firstSlot + i;
            keyOf[firstSlot + i] = key;
        }
        for (int slot : removed) {
            forgetUnused(keyOf[slot]);
        }
        return NONE;
    }

    private void undo(int[] removed, int placed) {
        for (int i = 0; i < placed; i++) {
            slotOf[grouped.groups()[i]] = NONE;
        }
        for (int slot : removed) {
            slotOf[keyOf[slot]] = slot;
        }
        for (int i = 0; i < grouped.count(); i++) {
            forgetUnused(grouped.groups()[i]);
        }
    }

    private void forgetUnused(int key) {
        if (slotOf[key] == NONE && keys.live(key)) {
            keys.remove(key);
        }
    }

    private void grow(int slots) {
        if (keyOf.length < slots) {
            keyOf = Arrays.copyOf(keyOf, Math.max(slots, keyOf.length + (keyOf.length >> 1) + 16));
        }
        int before = slotOf.length;
        if (before < keys.size()) {
            slotOf = Arrays.copyOf(slotOf, Math.max(keys.size(), before + (before >> 1) + 16));
            Arrays.fill(slotOf, before, slotOf.length, NONE);
        }
    }

    /** Returns the slot of the row with a key, or −1; the key is a batch of one row of just its columns. */
    int find(RowBatch key) {
        GroupedRows asked = new GroupedRows();
        asked.of(key, 0);
        keys.lookup(asked, IntStream.range(0, columns.length).toArray());
        int found = asked.groups()[0];
        return found == GroupTable.NO_GROUP ? NONE : slotOf[found];
    }

    /** Returns for each row that counts whether a row with its key is there, or comes before it in the batch. */
    boolean[] taken(RowBatch rows) {
        GroupedRows asked = new GroupedRows();
        asked.of(rows, 0);
        keys.lookup(asked, columns);
        boolean[] taken = new boolean[asked.count()];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = asked.groups()[i] != GroupTable.NO_GROUP;
        }
        return repeated(rows, taken);
    }

    private boolean[] repeated(RowBatch rows, boolean[] taken) {
        GroupTable seen =
                GroupTable.create(rows.type(), Arrays.stream(columns).boxed().toList());
        GroupedRows asked = new GroupedRows();
        asked.of(rows, 0);
        seen.find(asked);
        boolean[] had = new boolean[seen.size()];
        for (int i = 0; i < taken.length; i++) {
            int key = asked.groups()[i];
            taken[i] |= had[key];
            had[key] = true;
        }
        return taken;
    }
}
