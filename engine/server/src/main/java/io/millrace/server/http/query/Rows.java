package io.millrace.server.http.query;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;

/** Views of batches that belong to somebody else. */
final class Rows {

    private Rows() {}

    /** Returns a batch of the same columns that selects all rows, to select others. */
    static RowBatch alias(RowBatch rows) {
        Column[] columns = new Column[rows.columnCount()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = rows.column(i);
        }
        RowBatch alias = new RowBatch(rows.type(), columns);
        alias.size(rows.size());
        return alias;
    }

    /** Returns rows that each count once: a row that counts several times is there as often. */
    static RowBatch once(RowBatch rows) {
        if (rows.weights() == null) {
            return rows;
        }
        int[] chosen = new int[count(rows)];
        int at = 0;
        for (int i = 0; i < rows.selectedCount(); i++) {
            int row = rows.selectedRow(i);
            for (int k = 0; k < rows.weight(row); k++) {
                chosen[at++] = row;
            }
        }
        RowBatch once = alias(rows);
        once.select(chosen, chosen.length);
        return once;
    }

    private static int count(RowBatch rows) {
        int count = 0;
        for (int i = 0; i < rows.selectedCount(); i++) {
            int weight = rows.weight(rows.selectedRow(i));
            if (weight < 0) {
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "the query takes rows back, which an answer over HTTP cannot show",
                        "write EMIT CHANGES, which makes a row of each change");
            }
            count = Math.addExact(count, weight);
        }
        return count;
    }
}
