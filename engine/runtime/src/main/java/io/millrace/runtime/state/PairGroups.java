package io.millrace.runtime.state;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.Arrays;

/**
 * Groups by two columns of integers, dates or times.
 *
 * <pre>
 *   keys   │ a0 b0 │ a1 b1 │ …    by group number, NULL as 0
 *   nulls  │   0   │   2   │ …    1 where the first is NULL, 2 where the second is
 * </pre>
 */
final class PairGroups extends GroupTable {

    private final int firstColumn;
    private final int secondColumn;
    private final RowBatch coded;
    private final StateWriter code = new StateWriter();
    private long[] keys = new long[64];
    private byte[] nulls = new byte[32];
    /** Whether some key has a NULL: where none has, nobody needs to look. */
    private boolean marked;

    private long[] firsts = {};
    private long[] seconds = {};
    private byte[] marks = {};

    PairGroups(int firstColumn, int secondColumn, RowType keyType) {
        this.firstColumn = firstColumn;
        this.secondColumn = secondColumn;
        this.coded = RowBatch.create(keyType, 1);
    }

    @Override
    public void find(GroupedRows rows) {
        gather(rows, firstColumn, secondColumn);
        find(rows.groups(), rows.count());
    }

    @Override
    public void find(GroupedRows rows, int[] columns) {
        gather(rows, columns[0], columns[1]);
        find(rows.groups(), rows.count());
    }

    @Override
    public void lookup(GroupedRows rows, int[] columns) {
        gather(rows, columns[0], columns[1]);
        int[] groups = rows.groups();
        boolean guessing = !sparse();
        if (guessing) {
            guess(groups, rows.count());
        }
        for (int i = 0; i < rows.count(); i++) {
            if (!guessing || !isKey(groups[i], firsts[i], seconds[i], marks[i])) {
                groups[i] = slots[slot(firsts[i], seconds[i], marks[i])] - 1;
            }
        }
    }

    private void gather(GroupedRows rows, int first, int second) {
        int count = rows.count();
        if (firsts.length < count) {
            firsts = new long[count];
            seconds = new long[count];
            marks = new byte[count];
        }
        Arrays.fill(marks, 0, count, (byte) 0);
        gather(rows, first, firsts, 1);
        gather(rows, second, seconds, 2);
    }

    private void gather(GroupedRows rows, int column, long[] into, int mark) {
        int[] numbers = rows.rows();
        int count = rows.count();
        if (rows.column(column) instanceof LongColumn longs) {
            long[] cells = longs.values();
            for (int i = 0; i < count; i++) {
                into[i] = cells[numbers[i]];
            }
        } else {
            int[] cells = ((IntColumn) rows.column(column)).values();
            for (int i = 0; i < count; i++) {
                into[i] = cells[numbers[i]];
            }
        }
        boolean[] missing = rows.column(column).nulls();
        for (int i = 0; missing != null && i < count; i++) {
            if (missing[numbers[i]]) {
                into[i] = 0;
                marks[i] |= (byte) mark;
            }
        }
    }

    private void find(int[] groups, int count) {
        boolean guessing = !sparse();
        if (guessing) {
            guess(groups, count);
        }
        for (int i = 0; i < count; i++) {
            if (!guessing || !isKey(groups[i], firsts[i], seconds[i], marks[i])) {
                groups[i] = find(firsts[i], seconds[i], marks[i]);
            }
        }
    }

    /**
     * Sets what stands in the slot where the search for each key starts, which mostly is its group. Without a branch
     * between them, the looks into a table that is larger than the caches wait for memory together.
     */
    private void guess(int[] groups, int count) {
        int[] table = slots;
        int distance = shift();
        for (int i = 0; i < count; i++) {
            groups[i] = table[mix(firsts[i], seconds[i]) >>> distance] - 1;
        }
    }

    private boolean isKey(int group, long first, long second, byte mark) {
        return group >= 0
                && keys[2 * group] == first
                && keys[2 * group + 1] == second
                && (marked ? nulls[group] : 0) == mark;
    }

    private int find(long first, long second, byte mark) {
        int slot = slot(first, second, mark);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        int group = newGroup();
        set(group, first, second, mark);
        occupy(slot, group);
        return group;
    }

    private void set(int group, long first, long second, byte mark) {
        keys[2 * group] = first;
        keys[2 * group + 1] = second;
        nulls[group] = mark;
        marked |= mark != 0;
    }

    /** Returns the slot of a key, or the empty one where its search ends. */
    private int slot(long first, long second, byte mark) {
        int mask = slots.length - 1;
        int slot = home(mix(first, second));
        for (int entry = slots[slot]; entry != 0; entry = slots[slot]) {
            if (isKey(entry - 1, first, second, mark)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    @Override
    public int find(GroupTable other, int otherGroup) {
        PairGroups groups = (PairGroups) other;
        return find(groups.keys[2 * otherGroup], groups.keys[2 * otherGroup + 1], groups.nulls[otherGroup]);
    }

    @Override
    public void writeKey(int group, RowBatch out, int row) {
        writeCell(out.column(0), row, keys[2 * group], (nulls[group] & 1) != 0);
        writeCell(out.column(1), row, keys[2 * group + 1], (nulls[group] & 2) != 0);
    }

    private static void writeCell(Column target, int row, long value, boolean missing) {
        if (missing) {
            target.setNull(row);
            return;
        }
        target.clearNull(row);
        if (target instanceof LongColumn longs) {
            longs.set(row, value);
        } else {
            ((IntColumn) target).set(row, (int) value);
        }
    }

    @Override
    void growKeys(int groups) {
        if (groups > nulls.length) {
            int capacity = Math.max(groups, 2 * nulls.length);
            keys = Arrays.copyOf(keys, Math.multiplyExact(2, capacity));
            nulls = Arrays.copyOf(nulls, capacity);
        }
    }

    @Override
    int hash(int group) {
        return mix(keys[2 * group], keys[2 * group + 1]);
    }

    @Override
    void forgetKey(int group) {}

    /** Stores a key as {@link EncodedGroups} does, so that what one stored the other reads. */
    @Override
    void saveKey(int group, StateWriter out) {
        writeKey(group, coded, 0);
        code.clear();
        ValueCodec.write(coded.column(0), 0, code);
        ValueCodec.write(coded.column(1), 0, code);
        out.writeBytes(code.data(), 0, code.size());
    }

    @Override
    void loadKey(int group, StateReader in) {
        byte[] key = in.readBytes();
        StateReader cells = new StateReader(key, 0, key.length);
        ValueCodec.read(cells, coded.column(0), 0);
        ValueCodec.read(cells, coded.column(1), 0);
        set(group, cell(0), cell(1), (byte)
                ((coded.column(0).isNull(0) ? 1 : 0) | (coded.column(1).isNull(0) ? 2 : 0)));
    }

    private long cell(int column) {
        Column source = coded.column(column);
        if (source.isNull(0)) {
            return 0;
        }
        return source instanceof LongColumn longs ? longs.get(0) : ((IntColumn) source).get(0);
    }

    private static int mix(long first, long second) {
        long mixed = first * 0x9E3779B97F4A7C15L ^ Long.rotateLeft(second * 0xC2B2AE3D27D4EB4FL, 31);
        return (int) ((mixed * 0x9E3779B97F4A7C15L) >>> 32);
    }
}
