package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Row by row: condition, then outputs in order; the first failure ends the row. */
final class InterpretedProjection implements BatchProjection {

    private final @Nullable Expression condition;
    private final @Nullable List<Expression> outputs;
    private final RowType outputType;
    private final UserCalls functions;
    private int[] selection = new int[0];

    /** @param outputs null for the columns of the input as they are */
    InterpretedProjection(
            @Nullable Expression condition,
            @Nullable List<Expression> outputs,
            RowType outputType,
            UserCalls functions) {
        this.condition = condition;
        this.outputs = outputs;
        this.outputType = outputType;
        this.functions = functions;
    }

    @Override
    public RowBatch apply(RowBatch input, EvaluationContext context, RowErrors errors) {
        RowBatch output = outputs == null ? sharing(input) : RowBatch.create(outputType, input.size());
        int selected = 0;
        if (selection.length < input.size()) {
            selection = new int[input.size()];
        }
        for (int i = 0; i < input.selectedCount(); i++) {
            int row = input.selectedRow(i);
            try {
                if (evaluate(new Interpreter(input, row, context, functions), output, row)) {
                    selection[selected++] = row;
                }
            } catch (RowFailure failure) {
                errors.report(row, failure.code(), failure.reason());
            }
        }
        output.size(input.size());
        output.weights(input.weights());
        output.origins(input.origins());
        if (selected < input.size()) {
            output.select(selection, selected);
        }
        return output;
    }

    private boolean evaluate(Interpreter interpreter, RowBatch output, int row) {
        if (condition != null && !Boolean.TRUE.equals(interpreter.evaluate(condition))) {
            return false;
        }
        if (outputs != null) {
            List<@Nullable Object> values = new ArrayList<>(Arrays.asList(new Object[outputs.size()]));
            for (int i = 0; i < outputs.size(); i++) {
                values.set(i, interpreter.evaluate(outputs.get(i)));
            }
            for (int i = 0; i < outputs.size(); i++) {
                JavaValues.set(outputType.field(i).type(), output.column(i), row, values.get(i));
            }
        }
        return true;
    }

    private RowBatch sharing(RowBatch input) {
        Column[] columns = new Column[input.columnCount()];
        Arrays.setAll(columns, input::column);
        return new RowBatch(outputType, columns);
    }
}
