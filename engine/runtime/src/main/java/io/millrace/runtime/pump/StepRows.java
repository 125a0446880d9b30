package io.millrace.runtime.pump;

import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.PartSize;
import io.millrace.runtime.operator.StepPlan;
import io.millrace.runtime.state.RowCopy;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowBytes;
import java.util.stream.IntStream;

/**
 * Takes what a step puts out, and gives it on in parts where it is much, so that no more rows are in memory than one part
 * has. Where parts end hangs on the rows alone: a step that is taken again has the same. For one thread at a time.
 */
final class StepRows {

    private final Operator root;
    private final RowBatch gathered;
    private final RowBatch noRows;
    private long gatheredBytes;
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
        PartSize size = plan.partSize();
        if (!root.mayHaveMore() && (size.whole() || fits(first, size))) {
            if (root.next() != null) {
                throw new IllegalStateException("an operator gave more rows than it said");
            }
            return first;
        }
        clear();
        for (RowBatch batch = first; batch != null; batch = root.next()) {
            if (size.whole()) {
                RowCopy.append(gathered, batch);
            } else {
                take(batch, size, writer);
            }
        }
        return gathered;
    }

    /** Returns how many rows of the step have been written in parts before the last. */
    long rowsBefore() {
        return partRows;
    }

    private static boolean fits(RowBatch batch, PartSize size) {
        return batch.selectedCount() <= size.rows() && RowBytes.of(batch) <= size.bytes();
    }

    /** A part is written when a row follows that it has no room for. */
    private void take(RowBatch batch, PartSize size, PartWriter writer) {
        int count = batch.selectedCount();
        int from = 0;
        while (from < count) {
            int to = roomUntil(batch, from, size);
            RowCopy.append(gathered, some(batch, from, to));
            if (to < count) {
                writer.write(++parts, gathered);
                partRows += gathered.size();
                clear();
            }
            from = to;
        }
    }

    /** Returns the place behind the last row that the part has room for; any row fits one that is empty. */
    private int roomUntil(RowBatch batch, int from, PartSize size) {
        int to = from;
        int end = (int) Math.min(batch.selectedCount(), (long) from + size.rows() - gathered.size());
        if (from == 0 && end == batch.selectedCount()) {
            // Most batches fit whole, and are counted by column.
            long all = RowBytes.of(batch);
            if (gatheredBytes + all <= size.bytes()) {
                gatheredBytes += all;
                return end;
            }
        }
        while (to < end) {
            long bytes = RowBytes.of(batch, batch.selectedRow(to));
            boolean empty = to == from && gathered.size() == 0;
            if (!empty && gatheredBytes + bytes > size.bytes()) {
                break;
            }
            gatheredBytes += bytes;
            to++;
        }
        return to;
    }

    private void clear() {
        gathered.clear();
        gatheredBytes = 0;
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
