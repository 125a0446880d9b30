package io.millrace.runtime.state;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Storage;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * An open-addressing hash table from keys to group numbers.
 *
 * <pre>
 *   slots   │ 0 │ 3 │ 0 │ 1 │ 2 │ 0 │     group + 1, or 0 for none; linear probing
 *   keys    │ k0 │ k1 │ k2 │              by group number
 * </pre>
 *
 * <p>Groups are numbered from 0 without gaps. The number of a removed group is given to the next new key. A NULL key
 * is a key like others.
 *
 * <p>A search starts at the slot that the upper bits of the hash name: those of a product with the golden ratio spread
 * keys that follow one another evenly, so that few meet. A table that fits a processor's cache is kept at most a
 * quarter full, since a probe that goes on costs more there, as a branch that was guessed wrong, than the memory does.
 */
public abstract class GroupTable implements KeyNumbers {

    private static final int[] NONE = {};
    private static final int SLOTS_LEAST = 64;
    private static final int SLOTS_SPARSE = 1 << 15;

    int[] slots = new int[SLOTS_LEAST];
    private int shift = shiftFor(SLOTS_LEAST);
    private int size;
    private int[] free = NONE;
    private int freeCount;
    private boolean[] removed = {};

    /** Creates an empty table for keys that are these columns of rows of this type. */
    public static GroupTable create(RowType input, List<Integer> keys) {
        int[] columns = keys.stream().mapToInt(Integer::intValue).toArray();
        if (columns.length == 0) {
            return new SingleGroup();
        }
        if (columns.length == 1) {
            Storage storage = input.field(columns[0]).type().storage();
            if (integers(input, columns)) {
                return new LongGroups(columns[0]);
            }
            if (storage == Storage.BYTES) {
                return new TextGroups(columns[0]);
            }
        }
        return columns.length == 2 && integers(input, columns)
                ? new PairGroups(columns[0], columns[1], input.project(columns))
                : new EncodedGroups(columns, input.project(columns));
    }

    private static boolean integers(RowType input, int[] columns) {
        for (int column : columns) {
            Storage storage = input.field(column).type().storage();
            if (storage != Storage.LONG && storage != Storage.INT) {
                return false;
            }
        }
        return true;
    }

    @Override
    public final int size() {
        return size;
    }

    /** Returns how many groups there are. */
    public final int liveCount() {
        return size - freeCount;
    }

    /** Returns whether this number is that of a group. */
    public final boolean live(int group) {
        return group < size && (group >= removed.length || !removed[group]);
    }

    /** The group of a key that the table does not have. */
    public static final int NO_GROUP = -1;

    /** Sets the group of each row by other columns, of the same types as the table's own. */
    public abstract void find(GroupedRows rows, int[] columns);

    /** Returns the group with the key that a group of another table of the same make has, making one where needed. */
    public abstract int find(GroupTable other, int otherGroup);

    /** Writes the key to the first columns of a row of the batch, whose columns have room for it. */
    public abstract void writeKey(int group, RowBatch out, int row);

    /** Forgets a group. */
    public final void remove(int group) {
        unlink(group);
        forgetKey(group);
        if (removed.length <= group) {
            removed = Arrays.copyOf(removed, Math.max(group + 1, 2 * removed.length));
        }
        removed[group] = true;
        release(group);
    }

    /**
     * Forgets all groups but those that are to stay. Costs a look at every group, and less for each than {@link #remove}
     * does, so many are to go at once.
     */
    public final void retain(IntPredicate stays) {
        if (removed.length < size) {
            removed = Arrays.copyOf(removed, size);
        }
        for (int group = size - 1; group >= 0; group--) {
            if (!removed[group] && !stays.test(group)) {
                removed[group] = true;
                forgetKey(group);
                release(group);
            }
        }
        int wanted = capacityFor(liveCount());
        // As many may come again: a table that would soon be enlarged stays as it is.
        rehash(wanted >= slots.length / 4 ? slots.length : wanted);
        linkAll();
    }

    private void release(int group) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, Math.max(16, 2 * freeCount));
        }
        free[freeCount++] = group;
    }

    /** Stores the table. */
    public final void save(StateWriter out) {
        out.writeInt(size);
        out.writeInt(freeCount);
        out.writeInts(free, freeCount);
        for (int group = 0; group < size; group++) {
            if (live(group)) {
                saveKey(group, out);
            }
        }
    }

    /** Takes back what {@link #save} stored; the table is empty before. */
    public final void load(StateReader in) {
        size = in.readInt();
        freeCount = in.readCount(4);
        free = in.readInts(freeCount);
        removed = new boolean[size];
        for (int i = 0; i < freeCount; i++) {
            removed[free[i]] = true;
        }
        growKeys(size);
        rehash(capacityFor(liveCount()));
        for (int group = 0; group < size; group++) {
            if (live(group)) {
                loadKey(group, in);
                link(group);
            }
        }
    }

    abstract void growKeys(int groups);

    /** Returns the hash of a group's key, spread over all bits. */
    abstract int hash(int group);

    /** Whether a group is found by its hash; the group of a NULL key may be kept aside. */
    boolean hashed(int group) {
        return true;
    }

    abstract void forgetKey(int group);

    abstract void saveKey(int group, StateWriter out);

    abstract void loadKey(int group, StateReader in);

    /** Returns the number for a new group, with room for its key. */
    final int newGroup() {
        if (freeCount > 0) {
            int group = free[--freeCount];
            removed[group] = false;
            return group;
        }
        int group = size++;
        growKeys(size);
        return group;
    }

    /** Returns the slot where the search for a key of this hash starts. */
    final int home(int hash) {
        return hash >>> shift;
    }

    /** Returns by how much a hash is shifted to be a slot. */
    final int shift() {
        return shift;
    }

    /** Whether the table fits the caches and so is kept sparse. */
    final boolean sparse() {
        return slots.length < SLOTS_SPARSE;
    }

    /** Puts a new group into the slot where its search ended, and grows the table where it is too full. */
    final void occupy(int slot, int group) {
        slots[slot] = group + 1;
        if (2 * liveCount() > slots.length || (sparse() && 4 * liveCount() > slots.length)) {
            rehash(2 * slots.length);
            linkAll();
        }
    }

    private void linkAll() {
        for (int group = 0; group < size; group++) {
            if (live(group)) {
                link(group);
            }
        }
    }

    private void rehash(int capacity) {
        slots = new int[capacity];
        shift = shiftFor(capacity);
    }

    private void link(int group) {
        if (hashed(group)) {
            int mask = slots.length - 1;
            int slot = home(hash(group));
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = group + 1;
        }
    }

    /** Takes a group out of its slot and moves those back that its place had pushed on. */
    private void unlink(int group) {
        if (!hashed(group)) {
            return;
        }
        int mask = slots.length - 1;
        int hole = home(hash(group));
        while (slots[hole] != group + 1) {
            hole = (hole + 1) & mask;
        }
        for (int slot = (hole + 1) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            int wanted = home(hash(slots[slot] - 1));
            if (((slot - wanted) & mask) >= ((slot - hole) & mask)) {
                slots[hole] = slots[slot];
                hole = slot;
            }
        }
        slots[hole] = 0;
    }

    private static int capacityFor(int groups) {
        return Math.max(SLOTS_LEAST, Integer.highestOneBit(Math.max(1, groups)) * 4);
    }

    private static int shiftFor(int capacity) {
        return Integer.numberOfLeadingZeros(capacity) + 1;
    }
}
