package io.millrace.server.engine;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.Field;

/** Looks for NULL where a table does not have it. */
final class NotNullColumns {

    private NotNullColumns() {}

    /**
     * Checks the rows that count.
     *
     * @throws MillraceException {@code NULL_NOT_ALLOWED}
     */
    static void check(String table, RowBatch rows) {
        for (int column = 0; column < rows.columnCount(); column++) {
            Field field = rows.type().field(column);
            if (!field.nullable() && rows.column(column).nulls() != null) {
                check(table, rows, column);
            }
        }
    }

    private static void check(String table, RowBatch rows, int column) {
        for (int i = 0; i < rows.selectedCount(); i++) {
            if (rows.column(column).isNull(rows.selectedRow(i))) {
                throw new MillraceException(
                        ErrorCode.NULL_NOT_ALLOWED,
                        "NULL for column '" + rows.type().field(column).name() + "' of table '" + table
                                + "', which is NOT NULL",
                        "give it a value");
            }
        }
    }
}
