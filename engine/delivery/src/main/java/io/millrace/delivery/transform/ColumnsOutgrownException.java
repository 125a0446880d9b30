package io.millrace.delivery.transform;

import io.millrace.spi.type.DataType.RowType;

/**
 * Rows have columns that their table lacks. No failure: whoever has opened the delivery closes it, gives the table these
 * columns, and opens it anew. What was read and not committed is read again.
 */
public final class ColumnsOutgrownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient RowType columns;

    /** @param columns all that the table is to have */
    public ColumnsOutgrownException(RowType columns) {
        super("records have other columns: " + columns, null, false, false);
        this.columns = columns;
    }

    /** Returns the columns that the table is to have. */
    public RowType columns() {
        return columns;
    }
}
