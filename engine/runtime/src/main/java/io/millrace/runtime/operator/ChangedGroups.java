package io.millrace.runtime.operator;

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
 */
final class ChangedGroups {

    private static final int NOT_SHOWN = -1;

    private final GroupRows rows;
    private final RowBatch before;
    private boolean[] shown = {};
    private int[] beforeRow = {};
    private boolean[] isTouched = {};
    private int[] touched = {};
    private int touchedCount;
    private int emitted;

    ChangedGroups(RowType type, GroupRows rows) {
        this.rows = rows;
        this.before = RowBatch.create(type, 0);
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
        if (isTouched[group]) {
            return;
        }
        isTouched[group] = true;
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, Math.max(64, 2 * touchedCount));
        }
        touched[touchedCount++] = group;
        beforeRow[group] = NOT_SHOWN;
        if (shown[group]) {
            int row = before.size();
            before.ensureCapacity(row + 1);
            rows.write(group, before, row);
            before.size(row + 1);
            beforeRow[group] = row;
        }
    }

    boolean mayHaveMore() {
        return emitted < touchedCount;
    }

    /** Appends what the changed groups put out, until all did or the batch is full. */
    void emit(RowBatch out, Rejections rejections) {
        while (emitted < touchedCount && out.size() < Operator.BATCH_ROWS_MAX) {
            emit(touched[emitted++], out, rejections);
        }
    }

    private void emit(int group, RowBatch out, Rejections rejections) {
        isTouched[group] = false;
        int old = beforeRow[group];
        if (old != NOT_SHOWN) {
            int row = out.size();
            out.appendFrom(before, old);
            out.weightsForWriting(row + 1)[row] = -1;
        }
        shown[group] = rows.exists(group) && appendNow(group, out, rejections);
        if (old != NOT_SHOWN && shown[group] && sameAsLast(out)) {
            out.size(out.size() - 2);
        }
    }

    private boolean appendNow(int group, RowBatch out, Rejections rejections) {
        int row = out.size();
        out.ensureCapacity(row + 1);
        try {
            for (int i = 0; i < out.columnCount(); i++) {
                out.column(i).clearNull(row);
            }
            rows.write(group, out, row);
        } catch (MillraceException e) {
            rejections.reject(out, row, e);
            return false;
        }
        if (out.weights() != null) {
            out.weightsForWriting(row + 1)[row] = 1;
        }
        out.size(row + 1);
        return true;
    }

    /** Returns whether the last two rows are the same, so that nothing has changed. */
    private static boolean sameAsLast(RowBatch out) {
        int now = out.size() - 1;
        for (int i = 0; i < out.columnCount(); i++) {
            if (ValueOrder.compareNullsFirst(out.column(i), now, out.column(i), now - 1) != 0) {
                return false;
            }
        }
        return true;
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
}
