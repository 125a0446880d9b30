package io.millrace.runtime.join;

import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.runtime.state.ValueCodec;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.spi.type.Storage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one side of an endless join, chained by key, with what each counts.
 *
 * <pre>
 *   heads   │ 4 │ 1 │ -1 │          by group: the newest row of the key
 *   rows    columns, and beside them next, previous, weight, delta … by row number
 * </pre>
 *
 * <p>In a step rows are {@link #add}ed, the join looks at what changed ({@link #touched}, {@link #delta}), and {@link
 * #endStep} forgets what is gone. The number of a row that is gone is used again.
 */
public final class RowStore {

    private static final int NONE = -1;
    private static final int GONE_ROWS_MIN = 4096;
    private static final int WASTED_BYTES_MIN = 1 << 18;

    private final RowType type;
    private final @Nullable RowIndex index;
    private final boolean variable;
    private final boolean nested;
    private RowBatch rows;
    private int size;
    private int[] free = {};
    private int freeCount;
    /** How many rows that are gone still hold bytes. */
    private int gone;

    private int[] heads = {};
    private int[] groupOf = {};
    private int[] next = {};
    private int[] previous = {};
    private int[] weights = {};
    private int[] deltas = {};
    private boolean[] isTouched = {};
    private int[] touched = {};
    private int touchedCount;
    private int[] placed = {};

    /**
     * @param updating whether rows may be taken back: then equal rows are one with their number for a weight
     */
    public RowStore(RowType type, boolean updating) {
        this.type = type;
        this.index = updating ? new RowIndex() : null;
        this.rows = new RowBatch(
                type, type.fields().stream().map(field -> kept(field.type(), 0)).toArray(Column[]::new));
        this.nested = type.fields().stream().map(Field::type).anyMatch(RowStore::isNested);
        this.variable = nested || type.fields().stream().map(Field::type).anyMatch(t -> t.storage() == Storage.BYTES);
    }

    private static boolean isNested(DataType type) {
        return type.storage() == Storage.ARRAY || type.storage() == Storage.ROW;
    }

    private static Column kept(DataType type, int capacity) {
        return type.storage() == Storage.BYTES ? BytesColumn.inBlocks(capacity) : Column.create(type, capacity);
    }

    /** Returns the rows by number, gone ones among them. */
    public RowBatch rows() {
        return rows;
    }

    /** Returns a number above all rows. */
    public int size() {
        return size;
    }

    public int liveCount() {
        return size - freeCount;
    }

    /** Returns whether a row with this number is there at the end of a step. */
    public boolean live(int row) {
        return weights[row] != 0;
    }

    /** Returns the newest row of a group, or -1. */
    public int first(int group) {
        return group < heads.length ? heads[group] : NONE;
    }

    /** Returns the next row of the same group, or -1. */
    public int next(int row) {
        return next[row];
    }

    public int groupOf(int row) {
        return groupOf[row];
    }

    /** Returns how often the row is there, with what this step has changed. */
    public int weight(int row) {
        return weights[row];
    }

    /** Returns how the weight has changed in this step. */
    public int delta(int row) {
        return deltas[row];
    }

    /** Returns how often the row was there before this step. */
    public int weightBefore(int row) {
        return weights[row] - deltas[row];
    }

    /** Returns the rows that this step has added or taken back, in the first {@link #touchedCount} places. */
    public int[] touched() {
        return touched;
    }

    public int touchedCount() {
        return touchedCount;
    }

    /** Adds rows whose groups are set, or takes them back, each as often as its weight says. */
    public void add(GroupedRows added, int groups) {
        if (heads.length < groups) {
            int before = heads.length;
            heads = Arrays.copyOf(heads, Math.max(groups, Math.max(64, before + (before >> 1))));
            Arrays.fill(heads, before, heads.length, NONE);
        }
        ensureRoom(added.count());
        if (index == null) {
            append(added);
        } else {
            merge(added, index);
        }
    }

    private void ensureRoom(int more) {
        int needed = size + Math.max(0, more - freeCount);
        if (needed > next.length) {
            int capacity = Math.max(needed, Math.max(256, next.length + (next.length >> 1)));
            groupOf = Arrays.copyOf(groupOf, capacity);
            next = Arrays.copyOf(next, capacity);
            previous = Arrays.copyOf(previous, capacity);
            weights = Arrays.copyOf(weights, capacity);
            deltas = Arrays.copyOf(deltas, capacity);
            isTouched = Arrays.copyOf(isTouched, capacity);
        }
        if (touched.length < touchedCount + more) {
            touched = Arrays.copyOf(touched, Math.max(touchedCount + more, 2 * touched.length));
        }
        rows.ensureCapacity(needed);
        if (index != null) {
            index.grow(needed);
        }
    }

    private void append(GroupedRows added) {
        int count = added.count();
        if (placed.length < count) {
            placed = new int[count];
        }
        for (int i = 0; i < count; i++) {
            placed[i] = place(added.groups()[i], 1);
        }
        for (int i = 0; i < rows.columnCount(); i++) {
            Scatter.copy(added.column(i), added.rows(), rows.column(i), placed, count);
        }
    }

    private void merge(GroupedRows added, RowIndex byValue) {
        RowBatch batch = added.batch();
        for (int i = 0; i < added.count(); i++) {
            int from = added.rows()[i];
            int weight = batch.weight(from);
            int hash = byValue.hash(batch, from);
            int row = byValue.find(hash, batch, from, rows);
            if (row == NONE) {
                row = place(added.groups()[i], weight);
                for (int c = 0; c < rows.columnCount(); c++) {
                    rows.column(c).copyFrom(batch.column(c), from, row);
                }
                byValue.add(row, hash);
            } else {
                weights[row] += weight;
                deltas[row] += weight;
                touch(row);
            }
        }
    }

    /** Gives a new row its number and its place in the chain of its group. */
    private int place(int group, int weight) {
        int row = freeCount > 0 ? usedAgain() : size++;
        rows.size(size);
        groupOf[row] = group;
        weights[row] = weight;
        deltas[row] = weight;
        int head = heads[group];
        next[row] = head;
        previous[row] = NONE;
        if (head != NONE) {
            previous[head] = row;
        }
        heads[group] = row;
        touch(row);
        return row;
    }

    /** The last row to go is the first whose number is used again; its text leaves its bytes to the new one's. */
    private int usedAgain() {
        if (gone > 0 && !nested) {
            gone--;
        }
        return free[--freeCount];
    }

    private void touch(int row) {
        if (!isTouched[row]) {
            isTouched[row] = true;
            touched[touchedCount++] = row;
        }
    }

    /** Tells of a group whose last row is gone. */
    @FunctionalInterface
    public interface EmptiedGroups {
        void emptied(int group);
    }

    /** Forgets what is taken back, and what the step has changed. */
    public void endStep(EmptiedGroups emptied) {
        for (int i = 0; i < touchedCount; i++) {
            int row = touched[i];
            deltas[row] = 0;
            isTouched[row] = false;
            if (weights[row] == 0) {
                remove(row, emptied);
            }
        }
        touchedCount = 0;
    }

    /** Forgets a row whatever its weight. Not in the middle of a step. */
    public void remove(int row, EmptiedGroups emptied) {
        int group = groupOf[row];
        if (previous[row] == NONE) {
            heads[group] = next[row];
        } else {
            next[previous[row]] = next[row];
        }
        if (next[row] != NONE) {
            previous[next[row]] = previous[row];
        }
        if (index != null) {
            index.remove(row);
        }
        weights[row] = 0;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, Math.max(64, 2 * freeCount));
        }
        free[freeCount++] = row;
        gone++;
        if (heads[group] == NONE) {
            emptied.emptied(group);
        }
    }

    /** Makes the bytes of rows that are gone free for use, now and then. Between steps. */
    public void closeUp() {
        boolean manyGone = variable && gone >= GONE_ROWS_MIN && gone >= liveCount();
        if (!manyGone && !anyMostlyWasted()) {
            return;
        }
        if (manyGone) {
            gone = 0;
        }
        Column[] columns = new Column[rows.columnCount()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = manyGone || mostlyWasted(i) ? closedUp(i) : rows.column(i);
        }
        rows = new RowBatch(type, columns);
        rows.size(size);
    }

    private boolean anyMostlyWasted() {
        for (int i = 0; i < rows.columnCount(); i++) {
            if (mostlyWasted(i)) {
                return true;
            }
        }
        return false;
    }

    private boolean mostlyWasted(int column) {
        return rows.column(column) instanceof BytesColumn text && text.mostlyWasted(WASTED_BYTES_MIN);
    }

    private Column closedUp(int column) {
        Column old = rows.column(column);
        DataType kind = type.field(column).type();
        if (kind.storage() != Storage.BYTES && !isNested(kind)) {
            return old;
        }
        Column fresh = kept(kind, old.capacity());
        for (int row = 0; row < size; row++) {
            if (weights[row] != 0) {
                fresh.copyFrom(old, row, row);
            }
        }
        return fresh;
    }

    /** Stores the rows under their numbers, at the end of a step. */
    public void save(StateWriter out) {
        out.writeInt(size);
        out.writeInt(freeCount);
        out.writeInts(free, freeCount);
        out.writeInt(heads.length);
        out.writeInts(heads, heads.length);
        out.writeInts(weights, size);
        out.writeInts(groupOf, size);
        out.writeInts(next, size);
        out.writeInts(previous, size);
        for (int i = 0; i < rows.columnCount(); i++) {
            for (int row = 0; row < size; row++) {
                if (weights[row] != 0) {
                    ValueCodec.write(rows.column(i), row, out);
                }
            }
        }
    }

    /** Takes back what {@link #save} stored; there are no rows before. */
    public void load(StateReader in) {
        int stored = in.readCount(16);
        freeCount = in.readCount(4);
        free = in.readInts(freeCount);
        heads = in.readInts(in.readCount(4));
        int unused = freeCount;
        freeCount = 0;
        ensureRoom(stored);
        freeCount = unused;
        size = stored;
        rows.size(size);
        System.arraycopy(in.readInts(size), 0, weights, 0, size);
        System.arraycopy(in.readInts(size), 0, groupOf, 0, size);
        System.arraycopy(in.readInts(size), 0, next, 0, size);
        System.arraycopy(in.readInts(size), 0, previous, 0, size);
        for (int i = 0; i < rows.columnCount(); i++) {
            for (int row = 0; row < size; row++) {
                if (weights[row] != 0) {
                    ValueCodec.read(in, rows.column(i), row);
                }
            }
        }
        for (int row = 0; index != null && row < size; row++) {
            if (weights[row] != 0) {
                index.add(row, index.hash(rows, row));
            }
        }
    }
}
