package io.millrace.runtime.operator;

import io.millrace.runtime.state.RowCodec;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a source of changes held when its scan began, until the first step has given them. They are part of the
 * state: a step that is taken again gives them again, however the source has changed meanwhile.
 */
final class ScanContent {

    private final RowType type;
    private @Nullable RowBatch rows;
    private int given;

    ScanContent(RowType type) {
        this.type = type;
    }

    void hold(RowBatch held) {
        rows = held.selectedCount() == 0 ? null : held;
        given = 0;
    }

    boolean waiting() {
        return rows != null;
    }

    /** Returns the next rows, or null where all have been given. */
    @Nullable
    RowBatch next() {
        RowBatch held = rows;
        if (held == null) {
            return null;
        }
        int count = Math.min(Operator.BATCH_ROWS_MAX, held.selectedCount() - given);
        int[] selection = new int[count];
        for (int i = 0; i < count; i++) {
            selection[i] = held.selectedRow(given + i);
        }
        given += count;
        if (given == held.selectedCount()) {
            rows = null;
        }
        return Views.of(held, type, selection, count);
    }

    void save(StateWriter out) {
        out.writeBoolean(rows != null);
        if (rows != null) {
            RowCodec.write(rows, out);
        }
    }

    void load(StateReader in) {
        rows = in.readBoolean() ? RowCodec.read(type, in) : null;
        given = 0;
    }
}
