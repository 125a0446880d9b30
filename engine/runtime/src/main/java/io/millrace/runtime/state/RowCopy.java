package io.millrace.runtime.state;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;

/** Copies rows from batch to batch, column by column. */
public final class RowCopy {

    private RowCopy() {}

    /** Appends the rows that count in one batch, weights included, to another of the same type without selection. */
    public static void append(RowBatch target, RowBatch source) {
        int at = target.size();
        int count = source.selectedCount();
        target.ensureCapacity(at + count);
        for (int i = 0; i < target.columnCount(); i++) {
            append(target.column(i), at, source, source.column(i));
        }
        if (target.weights() != null || source.weights() != null) {
            int[] weights = target.weightsForWriting(at + count);
            for (int i = 0; i < count; i++) {
                weights[at + i] = source.weight(source.selectedRow(i));
            }
        }
        target.size(at + count);
    }

    private static void append(Column target, int at, RowBatch source, Column column) {
        int count = source.selectedCount();
        if (source.selection() == null && column.nulls() == null) {
            if (column instanceof LongColumn longs) {
                System.arraycopy(longs.values(), 0, ((LongColumn) target).values(), at, count);
                notNull(target, at, count);
                return;
            }
            if (column instanceof IntColumn ints) {
                System.arraycopy(ints.values(), 0, ((IntColumn) target).values(), at, count);
                notNull(target, at, count);
                return;
            }
        }
        for (int i = 0; i < count; i++) {
            target.copyFrom(column, source.selectedRow(i), at + i);
        }
    }

    private static void notNull(Column target, int at, int count) {
        boolean[] nulls = target.nulls();
        if (nulls != null) {
            Arrays.fill(nulls, at, at + count, false);
        }
    }
}
