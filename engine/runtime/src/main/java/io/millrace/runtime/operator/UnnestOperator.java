package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.join.Gather;
import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowColumn;
import org.jspecify.annotations.Nullable;

/** Gives each row once for every element of its array. Values are taken column by column, text is pointed to. */
final class UnnestOperator extends Operator {

    private final int inputColumns;
    private final int array;
    private final boolean ordinality;
    private final boolean outer;
    private final RowBatch out;
    private final int[] rows = new int[BATCH_ROWS_MAX];
    private final int[] elements = new int[BATCH_ROWS_MAX];
    private final int[] places = new int[BATCH_ROWS_MAX];
    private @Nullable RowBatch batch;
    private int reading;
    private int element;

    UnnestOperator(PlanNode.Unnest node, Operator input) {
        super(node.id(), node.rowType(), input);
        this.inputColumns = input.rowType().size();
        this.array = node.array();
        this.ordinality = node.ordinality();
        this.outer = node.outer();
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
                element = 0;
            }
            if (now == null) {
                return null;
            }
            int count = collect(now);
            if (count > 0) {
                return rows(now, count);
            }
        }
    }

    private int collect(RowBatch from) {
        ArrayColumn arrays = (ArrayColumn) from.column(array);
        int count = 0;
        while (reading < from.selectedCount() && count < BATCH_ROWS_MAX) {
            int row = from.selectedRow(reading);
            int length = arrays.isNull(row) ? 0 : arrays.length(row);
            if (length == 0 && outer) {
                rows[count] = row;
                places[count] = 0;
                elements[count++] = Gather.NONE;
            }
            while (element < length && count < BATCH_ROWS_MAX) {
                rows[count] = row;
                elements[count] = arrays.starts()[row] + element;
                places[count++] = ++element;
            }
            if (element >= length) {
                reading++;
                element = 0;
            }
        }
        return count;
    }

    private RowBatch rows(RowBatch from, int count) {
        out.clear();
        for (int i = 0; i < inputColumns; i++) {
            Gather.gather(from.column(i), rows, null, count, out.column(i));
        }
        Column values = ((ArrayColumn) from.column(array)).elements();
        int at = inputColumns;
        if (values instanceof RowColumn fields) {
            for (int i = 0; i < count; i++) {
                elements[i] = elements[i] >= 0 && fields.isNull(elements[i]) ? Gather.NONE : elements[i];
            }
            for (int i = 0; i < fields.fieldCount(); i++) {
                Gather.gather(fields.field(i), elements, null, count, out.column(at++));
            }
        } else {
            Gather.gather(values, elements, null, count, out.column(at++));
        }
        if (ordinality) {
            place((IntColumn) out.column(at), count);
        }
        if (from.weights() != null) {
            int[] weights = out.weightsForWriting(count);
            for (int i = 0; i < count; i++) {
                weights[i] = from.weight(rows[i]);
            }
        }
        out.size(count);
        return out;
    }

    private void place(IntColumn column, int count) {
        column.ensureCapacity(count);
        for (int i = 0; i < count; i++) {
            column.set(i, places[i]);
            if (places[i] == 0) {
                column.setNull(i);
            }
        }
    }

    @Override
    public long bound(int column) {
        return column < inputColumns ? input().bound(column) : NO_BOUND;
    }

    @Override
    public boolean complete() {
        return input().complete();
    }
}
