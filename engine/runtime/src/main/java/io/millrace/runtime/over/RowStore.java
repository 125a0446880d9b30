package io.millrace.runtime.over;

import io.millrace.runtime.state.RowCopy;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.runtime.state.ValueCodec;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;

/**
 * Rows in one batch, each under its row number until it is freed. Freed rows stay where they are; when they are most of
 * the batch, whoever owns the others moves them into a new one.
 */
public final class RowStore {

    private static final int FREED_MIN = 4096;

    private final RowType type;
    private RowBatch rows;
    private int freed;

    public RowStore(RowType type) {
        this.type = type;
        this.rows = RowBatch.create(type, 0);
    }

    public RowBatch rows() {
        return rows;
    }

    /** Appends the rows that count in a batch; the first gets the number that {@code rows().size()} was. */
    public void append(RowBatch batch) {
        RowCopy.append(rows, batch);
    }

    /** Says that so many rows are not needed any more. */
    public void free(int count) {
        freed += count;
    }

    public boolean mostlyFreed() {
        return freed > FREED_MIN && freed > rows.size() / 2;
    }

    /** Starts a new batch, into which all rows that are needed are to be moved, and returns the old one. */
    public RowBatch renew() {
        RowBatch old = rows;
        rows = RowBatch.create(type, Math.max(0, old.size() - freed));
        freed = 0;
        return old;
    }

    /** Moves a row of the old batch into the new one and returns its new number. */
    public int move(RowBatch old, int row) {
        int moved = rows.size();
        rows.appendFrom(old, row);
        return moved;
    }

    /** Stores a row. */
    public void save(int row, StateWriter out) {
        for (int i = 0; i < type.size(); i++) {
            ValueCodec.write(rows.column(i), row, out);
        }
    }

    /** Takes back a row that {@link #save} stored and returns its number. */
    public int load(StateReader in) {
        int row = rows.size();
        rows.ensureCapacity(row + 1);
        for (int i = 0; i < type.size(); i++) {
            ValueCodec.read(in, rows.column(i), row);
        }
        rows.size(row + 1);
        return row;
    }
}
