package io.millrace.runtime.operator;

import io.millrace.runtime.join.Scatter;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.runtime.state.ValueOrder;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.Arrays;

/**
 * Which groups change in a step, and the rows they had before it: what is put out is the row as it was with weight −1 and
 * the row as it is with +1, once per step and group, and nothing where both are the same.
 *
 * <p>Rows are written column by column for many groups at once:
 *
 * <pre>
 *   touched   │ g4 │ g9 │ g2 │      rows as they were    │ g4 │ g2 │        what is put out
 *                                   rows as they are     │ g4 │ g9 │ g2 │   −g4 +g4 +g9 −g2 +g2
 * </pre>
 */
final class ChangedGroups {

    private static final int NOT_SHOWN = -1;
    private static final int NONE = -1;

    private final GroupRows groups;
    private final RowBatch before;
    private final RowBatch now;
    private boolean[] shown = {};
    private int[] beforeRow = {};
    private boolean[] isTouched = {};
    private int[] touched = {};
    private int touchedCount;
    private int emitted;
    /** Of a chunk of the touched groups: the row as it is, or {@link #NONE}, and whether it is as it was. */
    private int[] nowRow = {};

    private boolean[] same = {};
    /** Groups and their rows. */
    private final Places all = new Places();
    /** Groups without a row from before, and their rows. */
    private final Places fresh = new Places();
    /** Rows as they were, whose keys need only be copied, and as they are. */
    private final Places known = new Places();

    private final Places fromBefore = new Places();
    private final Places fromNow = new Places();

    ChangedGroups(RowType type, GroupRows groups) {
        this.groups = groups;
        this.before = RowBatch.create(type, 0);
        this.now = RowBatch.create(type, 0);
    }

    /** Starts a step. */
    void begin() {
        touchedCount = 0;
        emitted = 0;
        before.clear();
    }

    /** Makes room for groups below this number. */
    void grow(int size) {
        if (size > shown.length) {
            int capacity = Math.max(size, Math.max(64, 2 * shown.length));
            shown = Arrays.copyOf(shown, capacity);
            beforeRow = Arrays.copyOf(beforeRow, capacity);
            isTouched = Arrays.copyOf(isTouched, capacity);
        }
    }

    /** Returns whether the group's row has been put out and not taken back. */
    boolean shown(int group) {
        return group < shown.length && shown[group];
    }

    /** Notes that a group is about to change, and what it was before. */
    void touch(int group) {
        int first = touchedCount;
        mark(group);
        writeBefore(first);
    }

    /** Notes that the groups of rows are about to change, and what they were before. */
    void touchAll(GroupedRows rows) {
        int first = touchedCount;
        int[] ofRows = rows.groups();
        for (int i = 0; i < rows.count(); i++) {
            mark(ofRows[i]);
        }
        writeBefore(first);
    }

    /** Notes which groups of rows have not been put out; the others stay as they are. */
    void touchNew(GroupedRows rows) {
        int[] ofRows = rows.groups();
        for (int i = 0; i < rows.count(); i++) {
            if (!shown[ofRows[i]]) {
                mark(ofRows[i]);
                beforeRow[ofRows[i]] = NOT_SHOWN;
            }
        }
    }

    private void mark(int group) {
        if (isTouched[group]) {
            return;
        }
        isTouched[group] = true;
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, Math.max(64, 2 * touchedCount));
        }
        touched[touchedCount++] = group;
    }

    private void writeBefore(int first) {
        int row = before.size();
        all.clear(touchedCount - first);
        for (int i = first; i < touchedCount; i++) {
            int group = touched[i];
            beforeRow[group] = shown[group] ? row : NOT_SHOWN;
            if (shown[group]) {
                all.add(group, row++);
            }
        }
        before.ensureCapacity(row);
        groups.writeKeys(all.from, all.to, all.count, before);
        groups.writeRest(all.from, all.to, all.count, before);
        before.size(row);
    }

    boolean mayHaveMore() {
        return emitted < touchedCount;
    }

    /** Appends what the changed groups put out, until all did or the batch is full. */
    void emit(RowBatch out, Rejections rejections) {
        while (emitted < touchedCount && out.size() < Operator.BATCH_ROWS_MAX) {
            int chunk = Math.min(touchedCount - emitted, (Operator.BATCH_ROWS_MAX - out.size() + 1) / 2);
            writeNow(chunk, rejections);
            compare(chunk);
            append(chunk, out);
            endChunk(chunk);
            emitted += chunk;
        }
    }

    private void writeNow(int chunk, Rejections rejections) {
        placeNow(chunk);
        now.clear();
        now.ensureCapacity(all.count);
        now.size(all.count);
        groups.writeKeys(fresh.from, fresh.to, fresh.count, now);
        for (int i = 0; i < groups.keyColumns(); i++) {
            Scatter.copy(before.column(i), known.from, now.column(i), known.to, known.count);
        }
        try {
            groups.writeRest(all.from, all.to, all.count, now);
        } catch (MillraceException e) {
            writeOneByOne(chunk, rejections);
        }
    }

    private void placeNow(int chunk) {
        if (nowRow.length < chunk) {
            nowRow = new int[chunk];
            same = new boolean[chunk];
        }
        all.clear(chunk);
        fresh.clear(chunk);
        known.clear(chunk);
        for (int i = 0; i < chunk; i++) {
            int group = touched[emitted + i];
            nowRow[i] = groups.exists(group) ? all.count : NONE;
            if (nowRow[i] == NONE) {
                continue;
            }
            all.add(group, nowRow[i]);
            if (beforeRow[group] == NOT_SHOWN) {
                fresh.add(group, nowRow[i]);
            } else {
                known.add(beforeRow[group], nowRow[i]);
            }
        }
    }

    private void writeOneByOne(int chunk, Rejections rejections) {
        for (int i = 0; i < chunk; i++) {
            if (nowRow[i] == NONE) {
                continue;
            }
            try {
                for (int column = groups.keyColumns(); column < now.columnCount(); column++) {
                    now.column(column).clearNull(nowRow[i]);
                }
                groups.write(touched[emitted + i], now, nowRow[i]);
            } catch (MillraceException e) {
                rejections.reject(now, nowRow[i], e);
                nowRow[i] = NONE;
            }
        }
    }

    /** Finds out which rows are as they were: column by column, for those that were the same up to there. */
    private void compare(int chunk) {
        all.clear(chunk);
        for (int i = 0; i < chunk; i++) {
            same[i] = nowRow[i] != NONE && beforeRow[touched[emitted + i]] != NOT_SHOWN;
            if (same[i]) {
                all.add(i, beforeRow[touched[emitted + i]]);
            }
        }
        for (int column = groups.keyColumns(); column < now.columnCount() && all.count > 0; column++) {
            int left = 0;
            for (int k = 0; k < all.count; k++) {
                int i = all.from[k];
                same[i] = ValueOrder.compareNullsFirst(now.column(column), nowRow[i], before.column(column), all.to[k])
                        == 0;
                if (same[i]) {
                    all.from[left] = i;
                    all.to[left++] = all.to[k];
                }
            }
            all.count = left;
        }
    }

    private void append(int chunk, RowBatch out) {
        int row = out.size();
        fromBefore.clear(chunk);
        fromNow.clear(chunk);
        for (int i = 0; i < chunk; i++) {
            int old = beforeRow[touched[emitted + i]];
            if (same[i]) {
                continue;
            }
            if (old != NOT_SHOWN) {
                fromBefore.add(old, row++);
            }
            if (nowRow[i] != NONE) {
                fromNow.add(nowRow[i], row++);
            }
        }
        out.ensureCapacity(row);
        for (int i = 0; i < out.columnCount(); i++) {
            Scatter.copy(before.column(i), fromBefore.from, out.column(i), fromBefore.to, fromBefore.count);
            Scatter.copy(now.column(i), fromNow.from, out.column(i), fromNow.to, fromNow.count);
        }
        if (fromBefore.count > 0 || out.weights() != null) {
            fromBefore.weigh(out.weightsForWriting(row), -1);
            fromNow.weigh(out.weightsForWriting(row), 1);
        }
        out.size(row);
    }

    private void endChunk(int chunk) {
        for (int i = 0; i < chunk; i++) {
            int group = touched[emitted + i];
            isTouched[group] = false;
            shown[group] = nowRow[i] != NONE;
            if (!groups.exists(group)) {
                groups.gone(group);
            }
        }
    }

    /** Forgets that the group's row was put out: it stays for good. */
    void settle(int group) {
        shown[group] = false;
    }

    void save(int size, StateWriter out) {
        for (int group = 0; group < size; group++) {
            out.writeBoolean(shown[group]);
        }
    }

    void load(int size, StateReader in) {
        grow(size);
        for (int group = 0; group < size; group++) {
            shown[group] = in.readBoolean();
        }
    }

    /** Takes rows that cannot be computed. */
    interface Rejections {
        void reject(RowBatch batch, int row, MillraceException reason);
    }

    /** What goes where. */
    private static final class Places {

        private int[] from = {};
        private int[] to = {};
        private int count;

        void clear(int capacity) {
            count = 0;
            if (from.length < capacity) {
                from = new int[capacity];
                to = new int[capacity];
            }
        }

        void add(int source, int target) {
            from[count] = source;
            to[count++] = target;
        }

        void weigh(int[] weights, int weight) {
            for (int i = 0; i < count; i++) {
                weights[to[i]] = weight;
            }
        }
    }
}
