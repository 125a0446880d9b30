package io.millrace.runtime.state;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;

/** Groups by one column of integers, dates or times. */
final class LongGroups extends GroupTable {

    private final int column;
    private long[] keys = new long[32];
    private int nullGroup = NO_GROUP;

    LongGroups(int column) {
        this.column = column;
    }

    @Override
    public void find(GroupedRows rows) {
        find(rows, column);
    }

    @Override
    public void find(GroupedRows rows, int[] columns) {
        find(rows, columns[0]);
    }

    private void find(GroupedRows rows, int from) {
        if (rows.column(from) instanceof LongColumn longs) {
            findLongs(rows, longs);
        } else {
            findInts(rows, (IntColumn) rows.column(from));
        }
    }

    @Override
    public void lookup(GroupedRows rows, int[] columns) {
        if (rows.column(columns[0]) instanceof LongColumn longs) {
            lookupLongs(rows, longs);
        } else {
            lookupInts(rows, (IntColumn) rows.column(columns[0]));
        }
    }

    private void lookupLongs(GroupedRows rows, LongColumn values) {
        long[] cells = values.values();
        boolean[] nulls = values.nulls();
        int[] numbers = rows.rows();
        int[] groups = rows.groups();
        int count = rows.count();
        if (nulls == null && !sparse()) {
            guess(cells, numbers, groups, count);
            for (int i = 0; i < count; i++) {
                long key = cells[numbers[i]];
                if (!guessed(groups[i], key)) {
                    groups[i] = lookup(key);
                }
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            int row = numbers[i];
            groups[i] = nulls != null && nulls[row] ? nullGroup : lookup(cells[row]);
        }
    }

    /**
     * Sets what stands in the slot where the search for each key starts, which mostly is its group. Without a branch
     * between them, the looks into a table that is larger than the caches wait for memory together.
     */
    private void guess(long[] cells, int[] numbers, int[] groups, int count) {
        int[] table = slots;
        int distance = shift();
        for (int i = 0; i < count; i++) {
            groups[i] = table[mix(cells[numbers[i]]) >>> distance] - 1;
        }
    }

    private boolean guessed(int group, long key) {
        return group >= 0 && keys[group] == key;
    }

    private void lookupInts(GroupedRows rows, IntColumn values) {
        int[] cells = values.values();
        boolean[] nulls = values.nulls();
        int[] numbers = rows.rows();
        int[] groups = rows.groups();
        int count = rows.count();
        for (int i = 0; i < count; i++) {
            int row = numbers[i];
            groups[i] = nulls != null && nulls[row] ? nullGroup : lookup(cells[row]);
        }
    }

    private int lookup(long key) {
        int mask = slots.length - 1;
        int slot = home(mix(key));
        for (int entry = slots[slot]; entry != 0; entry = slots[slot]) {
            if (keys[entry - 1] == key) {
                return entry - 1;
            }
            slot = (slot + 1) & mask;
        }
        return NO_GROUP;
    }

    private void findLongs(GroupedRows rows, LongColumn values) {
        long[] cells = values.values();
        boolean[] nulls = values.nulls();
        int[] numbers = rows.rows();
        int[] groups = rows.groups();
        int count = rows.count();
        if (nulls == null && !sparse()) {
            guess(cells, numbers, groups, count);
            for (int i = 0; i < count; i++) {
                long key = cells[numbers[i]];
                if (!guessed(groups[i], key)) {
                    groups[i] = find(key);
                }
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            int row = numbers[i];
            groups[i] = nulls != null && nulls[row] ? ofNull() : find(cells[row]);
        }
    }

    private void findInts(GroupedRows rows, IntColumn values) {
        int[] cells = values.values();
        boolean[] nulls = values.nulls();
        int[] numbers = rows.rows();
        int[] groups = rows.groups();
        int count = rows.count();
        for (int i = 0; i < count; i++) {
            int row = numbers[i];
            groups[i] = nulls != null && nulls[row] ? ofNull() : find(cells[row]);
        }
    }

    private int find(long key) {
        int mask = slots.length - 1;
        int slot = home(mix(key));
        for (int entry = slots[slot]; entry != 0; entry = slots[slot]) {
            if (keys[entry - 1] == key) {
                return entry - 1;
            }
            slot = (slot + 1) & mask;
        }
        int group = newGroup();
        keys[group] = key;
        occupy(slot, group);
        return group;
    }

    private int ofNull() {
        if (nullGroup == NO_GROUP) {
            nullGroup = newGroup();
        }
        return nullGroup;
    }

    @Override
    public int find(GroupTable other, int otherGroup) {
        LongGroups groups = (LongGroups) other;
        return otherGroup == groups.nullGroup ? ofNull() : find(groups.keys[otherGroup]);
    }

    @Override
    public void writeKey(int group, RowBatch out, int row) {
        Column target = out.column(0);
        if (group == nullGroup) {
            target.setNull(row);
            return;
        }
        target.clearNull(row);
        if (target instanceof LongColumn longs) {
            longs.set(row, keys[group]);
        } else {
            ((IntColumn) target).set(row, (int) keys[group]);
        }
    }

    @Override
    void growKeys(int groups) {
        if (groups > keys.length) {
            keys = Arrays.copyOf(keys, Math.max(groups, 2 * keys.length));
        }
    }

    @Override
    int hash(int group) {
        return mix(keys[group]);
    }

    @Override
    boolean hashed(int group) {
        return group != nullGroup;
    }

    @Override
    void forgetKey(int group) {
        if (group == nullGroup) {
            nullGroup = NO_GROUP;
        }
    }

    @Override
    void saveKey(int group, StateWriter out) {
        out.writeBoolean(group == nullGroup);
        out.writeLong(keys[group]);
    }

    @Override
    void loadKey(int group, StateReader in) {
        if (in.readBoolean()) {
            nullGroup = group;
        }
        keys[group] = in.readLong();
    }

    private static int mix(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> 32);
    }
}
