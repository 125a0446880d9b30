package io.millrace.runtime.operator;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;

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
        for (int i = 0; i < count; i++) {
            target.copyFrom(column, source.selectedRow(i), at + i);
        }
    }
}
