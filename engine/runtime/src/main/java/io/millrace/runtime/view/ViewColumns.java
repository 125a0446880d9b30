package io.millrace.runtime.view;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;

/** The columns of a view that a query wants. */
public final class ViewColumns {

    private ViewColumns() {}

    /**
     * Returns the rows of a view with the columns wanted, by name, which it shares.
     *
     * @param columns a column that the view lacks reads as the time 0 where it is a required time, and as NULL else
     */
    public static RowBatch of(RowBatch rows, RowType columns) {
        Column[] shared = new Column[columns.size()];
        for (int i = 0; i < shared.length; i++) {
            shared[i] = column(rows, columns, i);
        }
        RowBatch batch = new RowBatch(columns, shared);
        batch.size(rows.size());
        batch.select(rows.selection(), rows.selectedCount());
        batch.weights(rows.weights());
        return batch;
    }

    private static Column column(RowBatch rows, RowType columns, int index) {
        int at = rows.type().indexOf(columns.field(index).name());
        if (at >= 0) {
            return rows.column(at);
        }
        Column missing = Column.create(columns.field(index).type(), rows.size());
        if (columns.field(index).nullable() || !(missing instanceof LongColumn)) {
            for (int row = 0; row < rows.size(); row++) {
                missing.setNull(row);
            }
        }
        return missing;
    }
}
