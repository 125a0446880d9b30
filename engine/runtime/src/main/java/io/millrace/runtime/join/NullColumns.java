package io.millrace.runtime.join;

import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType.RowType;
import java.util.Arrays;

/** Columns in which every row is NULL: what stands beside a row without a partner. */
public final class NullColumns {

    private final Column[] columns;
    private int rows;

    public NullColumns(RowType type) {
        this.columns = new Column[type.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = Column.create(type.field(i).type(), 0);
        }
    }

    /** Returns the columns, NULL in at least so many rows. They must not be written. */
    public Column[] of(int count) {
        if (count > rows) {
            rows = Math.max(count, 1024);
            for (Column column : columns) {
                column.ensureCapacity(rows);
                Arrays.fill(column.nullsForWriting(), true);
            }
        }
        return columns;
    }
}
