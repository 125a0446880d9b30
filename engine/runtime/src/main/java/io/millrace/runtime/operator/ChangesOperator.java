package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Gives each change as a row that stays, with what happened in front of it. A row that came twice comes twice. */
final class ChangesOperator extends Operator {

    private static final byte[] INSERT = PlanNode.Changes.INSERT.getBytes(StandardCharsets.UTF_8);
    private static final byte[] DELETE = PlanNode.Changes.DELETE.getBytes(StandardCharsets.UTF_8);

    private final RowBatch out;
    private @Nullable RowBatch batch;
    private int place;
    private int repeated;

    ChangesOperator(PlanNode.Changes node, Operator input) {
        super(node.id(), node.rowType(), input);
        this.out = RowBatch.create(node.rowType(), 0);
    }

    @Override
    public void begin(Step step) {
        super.begin(step);
        batch = null;
    }

    @Override
    protected @Nullable RowBatch produce() {
        out.clear();
        while (out.size() < BATCH_ROWS_MAX) {
            RowBatch rows = batch;
            if (rows == null || place == rows.selectedCount()) {
                // What was read before is copied out already, so the input may write over it.
                rows = input().next();
                batch = rows;
                place = 0;
                repeated = 0;
                if (rows == null) {
                    break;
                }
            }
            addNext(rows);
        }
        return out.size() > 0 ? out : null;
    }

    private void addNext(RowBatch rows) {
        int row = rows.selectedRow(place);
        int weight = rows.weight(row);
        if (repeated < Math.abs(weight)) {
            int at = out.size();
            out.ensureCapacity(at + 1);
            ((BytesColumn) out.column(0)).append(at, weight > 0 ? INSERT : DELETE);
            for (int i = 1; i < out.columnCount(); i++) {
                Column column = rows.column(i - 1);
                out.column(i).copyFrom(column, row, at);
            }
            out.size(at + 1);
            repeated++;
        }
        if (repeated >= Math.abs(weight)) {
            place++;
            repeated = 0;
        }
    }

    @Override
    public long bound(int column) {
        return column == 0 ? NO_BOUND : input().bound(column - 1);
    }

    @Override
    public boolean complete() {
        return input().complete();
    }
}
