package io.millrace.runtime.operator;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import org.jspecify.annotations.Nullable;

/** The rows that another system answered, as the operators between it and the join that asks take them. */
final class AskedRowsOperator extends Operator {

    private final String table;
    private @Nullable RowBatch answer;

    AskedRowsOperator(String id, RowType rowType, String table) {
        super(id, rowType);
        this.table = table;
    }

    @Override
    public String asked() {
        return table;
    }

    void give(RowBatch rows) {
        answer = rows;
    }

    @Override
    protected @Nullable RowBatch produce() {
        RowBatch rows = answer;
        answer = null;
        return rows == null || rows.selectedCount() == 0 ? null : rows;
    }

    @Override
    public long bound(int column) {
        return NO_BOUND;
    }

    @Override
    public long rowtimeBound() {
        return CLOSED;
    }
}
