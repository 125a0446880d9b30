package io.millrace.runtime;

import io.millrace.plan.expression.Expression;
import io.millrace.runtime.expression.BatchProjection;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Projects columns, and nothing else: operators are tested without the engine where they do not need it. */
public final class NoExpressions implements ExpressionEngine {

    @Override
    public BatchProjection projection(
            RowType input, @Nullable Expression condition, List<Expression> outputs, RowType outputType) {
        if (condition != null) {
            throw new UnsupportedOperationException();
        }
        int[] columns = outputs.stream()
                .mapToInt(output -> ((Expression.Column) output).index())
                .toArray();
        return (batch, context, errors) -> {
            Column[] chosen = new Column[columns.length];
            for (int i = 0; i < columns.length; i++) {
                chosen[i] = batch.column(columns[i]);
            }
            RowBatch result = new RowBatch(outputType, chosen);
            result.size(batch.size());
            result.select(batch.selection(), batch.selectedCount());
            result.weights(batch.weights());
            return result;
        };
    }

    @Override
    public BatchProjection filter(RowType input, Expression condition) {
        throw new UnsupportedOperationException();
    }
}
