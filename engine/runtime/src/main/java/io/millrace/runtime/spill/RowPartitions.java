package io.millrace.runtime.spill;

import io.millrace.runtime.sketch.Hash64;
import io.millrace.runtime.state.StateWriter;
import io.millrace.runtime.state.ValueCodec;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows put aside by key: those of one key are all in one part, in the order in which they came. What is still too much
 * for memory is parted again, by other bits of the keys' hashes.
 */
public final class RowPartitions implements AutoCloseable {

    private static final int BITS = 4;
    private static final int PARTS = 1 << BITS;

    /** How often rows can be parted. Rows that stay together that long have the same key, or are very unlucky. */
    public static final int LEVELS = 8;

    private final int[] columns;
    private final boolean[] nullsMatch;
    private final int level;
    private final List<SpilledRows> parts = new ArrayList<>();
    private final StateWriter key = new StateWriter();
    private int turn;

    /**
     * @param columns the key's columns
     * @param nullsMatch by place in {@code columns}, whether NULL is a value like others. A row with another NULL has no
     *     key, and may be in any part
     * @param level how often the rows have been parted before
     */
    public RowPartitions(RowType type, int[] columns, boolean[] nullsMatch, int level, WorkspaceShare share) {
        this.columns = columns;
        this.nullsMatch = nullsMatch;
        this.level = level;
        for (int i = 0; i < PARTS; i++) {
            parts.add(share.rows(type));
        }
    }

    /** Adds the rows that count of a batch. */
    public void add(RowBatch rows) {
        for (int i = 0; i < rows.selectedCount(); i++) {
            int row = rows.selectedRow(i);
            parts.get(part(rows, row)).add(rows, row);
        }
    }

    private int part(RowBatch rows, int row) {
        key.clear();
        for (int i = 0; i < columns.length; i++) {
            Column column = rows.column(columns[i]);
            if (!nullsMatch[i] && column.isNull(row)) {
                // There may be many, which would never part by their hash.
                turn = (turn + 1) & (PARTS - 1);
                return turn;
            }
            ValueCodec.write(column, row, key);
        }
        return (int) (Hash64.of(key.data(), 0, key.size()) >>> (BITS * level)) & (PARTS - 1);
    }

    /** Says that all rows have been added. */
    public void finish() {
        parts.forEach(SpilledRows::finish);
    }

    /** Returns the parts once they are finished; they are the caller's from now on. */
    public List<SpilledRows> take() {
        List<SpilledRows> finished = List.copyOf(parts);
        parts.clear();
        return finished;
    }

    @Override
    public void close() {
        parts.forEach(SpilledRows::close);
    }
}
