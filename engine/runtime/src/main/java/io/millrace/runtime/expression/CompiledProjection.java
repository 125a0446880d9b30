package io.millrace.runtime.expression;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import org.jspecify.annotations.Nullable;

/** Runs a generated class over batches and puts its outputs beside the columns that are passed on. */
final class CompiledProjection implements BatchProjection {

    private final GeneratedBody body;
    private final boolean hasCondition;

    /** For each output the column of the input that it is, or -1 where it is computed. */
    private final int[] passed;

    private final RowType outputType;
    private final @Nullable Column[] computed;
    private final boolean[][] marks;
    private int[] selection = {};

    CompiledProjection(GeneratedBody body, boolean hasCondition, int[] passed, RowType outputType) {
        this.body = body;
        this.hasCondition = hasCondition;
        this.passed = passed;
        this.outputType = outputType;
        this.computed = new Column[passed.length];
        this.marks = new boolean[passed.length][0];
    }

    @Override
    public RowBatch apply(RowBatch input, EvaluationContext context, RowErrors errors) {
        body.begin(context, errors);
        try {
            return apply(input);
        } finally {
            body.end();
        }
    }

    private RowBatch apply(RowBatch input) {
        int rows = input.size();
        boolean nulls = body.load(input);
        int @Nullable [] selected = input.selection();
        int count = input.selectedCount();
        if (hasCondition) {
            int[] own = selection(rows);
            count = body.condition(nulls, selected, count, own);
            selected = own;
            count = body.anyFailed() ? body.withoutFailed(selected, count, own) : count;
        }
        Column[] columns = new Column[passed.length];
        int index = 0;
        for (int i = 0; i < columns.length; i++) {
            if (passed[i] >= 0) {
                columns[i] = input.column(passed[i]);
                continue;
            }
            columns[i] = target(i, rows);
            body.output(index++, nulls, selected, count, columns[i], marks[i]);
            if (body.anyFailed()) {
                int[] own = selection(rows);
                count = body.withoutFailed(selected, count, own);
                selected = own;
            }
        }
        RowBatch output = new RowBatch(outputType, columns);
        output.size(rows);
        output.weights(input.weights());
        output.origins(input.origins());
        output.select(count == rows ? null : selected, count);
        return output;
    }

    private int[] selection(int rows) {
        if (selection.length < rows) {
            selection = new int[rows];
        }
        return selection;
    }

    private Column target(int output, int rows) {
        Column column = computed[output];
        if (column == null) {
            column = Column.create(outputType.field(output).type(), rows);
            computed[output] = column;
        }
        column.clear();
        column.ensureCapacity(rows);
        if (marks[output].length < column.capacity()) {
            marks[output] = new boolean[column.capacity()];
        }
        return column;
    }
}
