package io.millrace.runtime.spill;

import io.millrace.runtime.sketch.Hash64;
import io.millrace.runtime.state.StateWriter;
import io.millrace.runtime.state.ValueCodec;
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
    private final int level;
    private final List<SpilledRows> parts = new ArrayList<>();
    private final StateWriter key = new StateWriter();

    /**
     * @param columns the key's columns
     * @param level how often the rows have been parted before
     */
    public RowPartitions(RowType type, int[] columns, int level, WorkspaceShare share) {
        this.columns = columns;
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
        for (int column : columns) {
            ValueCodec.write(rows.column(column), row, key);
        }
        return (int) (Hash64.of(key.data(), 0, key.size()) >>> (BITS * level)) & (PARTS - 1);
    }

    /** Returns the parts, all rows added; they are the caller's from now on. */
    public List<SpilledRows> finish() {
        parts.forEach(SpilledRows::finish);
        List<SpilledRows> finished = List.copyOf(parts);
        parts.clear();
        return finished;
    }

    @Override
    public void close() {
        parts.forEach(SpilledRows::close);
    }
}
