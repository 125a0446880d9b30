package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.join.Gather;
import io.millrace.runtime.join.NullColumns;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;

/** Rows of the left of a join that are put out beside NULL. */
final class JoinedRows {

    private final PlanNode.Join node;
    private final NullColumns none;
    private final RowBatch left;

    JoinedRows(PlanNode.Join node) {
        this.node = node;
        this.none = new NullColumns(node.right().rowType());
        this.left = RowBatch.create(node.left().rowType(), 0);
    }

    /** Returns some rows of a batch as rows of the join; valid until the next call. */
    RowBatch alone(RowBatch rows, int[] chosen, int count) {
        left.clear();
        for (int i = 0; i < left.columnCount(); i++) {
            Gather.gather(rows.column(i), chosen, null, count, left.column(i));
        }
        return alone(left, count);
    }

    /** Returns the first rows of a batch as rows of the join; it shares their columns. */
    RowBatch alone(RowBatch rows, int count) {
        Column[] columns = new Column[node.rowType().size()];
        for (int i = 0; i < rows.columnCount(); i++) {
            columns[i] = rows.column(i);
        }
        System.arraycopy(none.of(count), 0, columns, rows.columnCount(), columns.length - rows.columnCount());
        RowBatch padded = new RowBatch(node.rowType(), columns);
        padded.size(count);
        return padded;
    }
}
