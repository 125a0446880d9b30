package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.join.Gather;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import org.jspecify.annotations.Nullable;

/** Gives each row as often as a column of it says. */
final class RepeatOperator extends Operator {

    private final int count;
    private final RowBatch out;
    private final int[] rows = new int[BATCH_ROWS_MAX];
    private @Nullable RowBatch batch;
    private int reading;
    private long given;

    RepeatOperator(PlanNode.Repeat node, Operator input) {
        super(node.id(), node.rowType(), input);
        this.count = node.count();
        this.out = RowBatch.create(node.rowType(), 0);
    }

    @Override
    public void begin(Step step) {
        super.begin(step);
        batch = null;
    }

    @Override
    protected @Nullable RowBatch produce() {
        while (true) {
            RowBatch now = batch;
            if (now == null || reading == now.selectedCount()) {
                now = input().next();
                batch = now;
                reading = 0;
                given = 0;
            }
            if (now == null) {
                return null;
            }
            int collected = collect(now);
            if (collected > 0) {
                return rows(now, collected);
            }
        }
    }

    private int collect(RowBatch from) {
        LongColumn counts = (LongColumn) from.column(count);
        int collected = 0;
        while (reading < from.selectedCount() && collected < BATCH_ROWS_MAX) {
            int row = from.selectedRow(reading);
            long wanted = counts.isNull(row) ? 0 : counts.get(row);
            for (; given < wanted && collected < BATCH_ROWS_MAX; given++) {
                rows[collected++] = row;
            }
            if (given >= wanted) {
                reading++;
                given = 0;
            }
        }
        return collected;
    }

    private RowBatch rows(RowBatch from, int collected) {
        out.clear();
        for (int i = 0; i < out.columnCount(); i++) {
            Gather.gather(from.column(i), rows, null, collected, out.column(i));
        }
        if (from.weights() != null) {
            int[] weights = out.weightsForWriting(collected);
            for (int i = 0; i < collected; i++) {
                weights[i] = from.weight(rows[i]);
            }
        }
        out.size(collected);
        return out;
    }

    @Override
    public long bound(int column) {
        return input().bound(column);
    }

    @Override
    public boolean complete() {
        return input().complete();
    }
}
