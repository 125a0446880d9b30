package io.millrace.runtime.operator;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.runtime.state.ValueCodec;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.Arrays;

/** Rows that wait, in lists by number: all in one batch, each with the row that follows it in its list. */
final class HeldRows {

    private static final int NONE = -1;
    private static final int FREED_MIN = 4096;

    private final RowType type;
    private RowBatch rows;
    private int[] next = new int[16];
    private int[] first = {};
    private int[] last = {};
    private int freed;

    HeldRows(RowType type) {
        this.type = type;
        this.rows = RowBatch.create(type, 0);
    }

    RowBatch rows() {
        return rows;
    }

    /** Appends a copy of a row to a list. */
    void add(int list, RowBatch batch, int row) {
        rows.appendFrom(batch, row);
        append(list, rows.size() - 1);
    }

    private void append(int list, int row) {
        if (list >= first.length) {
            int before = first.length;
            first = Arrays.copyOf(first, Math.max(list + 1, Math.max(16, 2 * before)));
            last = Arrays.copyOf(last, first.length);
            Arrays.fill(first, before, first.length, NONE);
        }
        if (row >= next.length) {
            next = Arrays.copyOf(next, Math.max(row + 1, 2 * next.length));
        }
        next[row] = NONE;
        if (first[list] == NONE) {
            first[list] = row;
        } else {
            next[last[list]] = row;
        }
        last[list] = row;
    }

    /** Appends lists to others, and empties them; −1 for those that stay. */
    void merge(int[] targets) {
        for (int list = 0; list < Math.min(targets.length, first.length); list++) {
            int target = targets[list];
            if (target != NONE && first[list] != NONE) {
                int tail = last[list];
                append(target, first[list], tail);
                first[list] = NONE;
            }
        }
    }

    private void append(int target, int head, int tail) {
        int after = next[head];
        append(target, head);
        if (head != tail) {
            next[head] = after;
            last[target] = tail;
        }
    }

    /** Takes the first row out of a list; it stays where it is until {@link #compact}. Returns −1 for an empty list. */
    int takeFirst(int list) {
        int row = list < first.length ? first[list] : NONE;
        if (row != NONE) {
            first[list] = next[row];
            freed++;
        }
        return row;
    }

    /** Moves the rows together where most have been taken out. */
    void compact() {
        if (freed < FREED_MIN || freed < rows.size() / 2) {
            return;
        }
        RowBatch old = rows;
        int[] oldNext = next;
        rows = RowBatch.create(type, old.size() - freed);
        next = new int[Math.max(16, old.size() - freed)];
        freed = 0;
        for (int list = 0; list < first.length; list++) {
            int row = first[list];
            first[list] = NONE;
            for (; row != NONE; row = oldNext[row]) {
                add(list, old, row);
            }
        }
    }

    /** Stores a list. */
    void save(int list, StateWriter out) {
        int count = 0;
        for (int row = first[list]; row != NONE; row = next[row]) {
            count++;
        }
        out.writeInt(count);
        for (int row = first[list]; row != NONE; row = next[row]) {
            for (int i = 0; i < rows.columnCount(); i++) {
                ValueCodec.write(rows.column(i), row, out);
            }
        }
    }

    /** Takes back what {@link #save} stored. */
    void load(int list, StateReader in) {
        int count = in.readCount(1);
        for (int i = 0; i < count; i++) {
            int row = rows.size();
            rows.ensureCapacity(row + 1);
            for (int column = 0; column < rows.columnCount(); column++) {
                ValueCodec.read(in, rows.column(column), row);
            }
            rows.size(row + 1);
            append(list, row);
        }
    }
}
