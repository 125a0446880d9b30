package io.millrace.runtime.pump;

import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.StepPlan;
import io.millrace.runtime.state.RowCopy;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import java.util.stream.IntStream;

/**
 * Takes what a step puts out, and gives it on in parts where it is much, so that no more rows are in memory than one part
 * has. Where parts end hangs on the rows alone: a step that is taken again has the same. For one thread at a time.
 */
final class StepRows {

    private final Operator root;
    private final RowBatch gathered;
    private final RowBatch noRows;
    private int parts;
    private long partRows;

    StepRows(Operator root) {
        this.root = root;
        this.gathered = RowBatch.create(root.rowType(), 0);
        this.noRows = RowBatch.create(root.rowType(), 0);
    }

    /** Takes a part of a step before the rest of it is known. */
    interface PartWriter {

        /**
         * Takes the next part.
         *
         * @param part from 1
         */
        void write(int part, RowBatch rows);
    }

    /** Returns the last rows of a step as one batch, copied only where it has several; others are written before. */
    RowBatch gather(StepPlan plan, PartWriter writer) {
        parts = 0;
        partRows = 0;
        RowBatch first = root.next();
        if (first == null) {
            return noRows;
        }
        boolean whole = plan.partRows() == StepPlan.WHOLE;
        if (!root.mayHaveMore() && (whole || first.selectedCount() <= plan.partRows())) {
            if (root.next() != null) {
                throw new IllegalStateException("an operator gave more rows than it said");
            }
            return first;
        }
        gathered.clear();
        for (RowBatch batch = first; batch != null; batch = root.next()) {
            if (whole) {
                RowCopy.append(gathered, batch);
            } else {
                take(batch, plan.partRows(), writer);
            }
        }
        return gathered;
    }

    /** Returns how many rows of the step have been written in parts before the last. */
    long rowsBefore() {
        return partRows;
    }

    /** A part is written when a row follows that it has no room for. */
    private void take(RowBatch batch, int rowsMax, PartWriter writer) {
        int count = batch.selectedCount();
        int from = 0;
        while (gathered.size() + count - from > rowsMax) {
            int to = from + rowsMax - gathered.size();
            RowCopy.append(gathered, some(batch, from, to));
            writer.write(++parts, gathered);
            partRows += gathered.size();
            gathered.clear();
            from = to;
        }
        RowCopy.append(gathered, some(batch, from, count));
    }

    /** Returns the rows of a batch from one place to another, of those that count. */
    private static RowBatch some(RowBatch batch, int from, int to) {
        if (from == 0 && to == batch.selectedCount()) {
            return batch;
        }
        RowBatch rows = new RowBatch(
                batch.type(),
                IntStream.range(0, batch.columnCount()).mapToObj(batch::column).toArray(Column[]::new));
        rows.size(batch.size());
        rows.weights(batch.weights());
        rows.select(IntStream.range(from, to).map(batch::selectedRow).toArray(), to - from);
        return rows;
    }
}
