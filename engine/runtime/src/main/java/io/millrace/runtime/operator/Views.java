package io.millrace.runtime.operator;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;

/** Batches that share the columns of another. */
final class Views {

    private Views() {}

    /** Returns a batch of the same rows with other columns and another selection. */
    static RowBatch of(RowBatch batch, RowType type, Column[] columns, int[] selection, int count) {
        RowBatch view = new RowBatch(type, columns);
        view.size(batch.size());
        view.select(selection, count);
        view.weights(batch.weights());
        view.origins(batch.origins());
        return view;
    }

    /** Returns a batch of the same rows with another selection. */
    static RowBatch of(RowBatch batch, RowType type, int[] selection, int count) {
        Column[] columns = new Column[batch.columnCount()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(i);
        }
        return of(batch, type, columns, selection, count);
    }
}
