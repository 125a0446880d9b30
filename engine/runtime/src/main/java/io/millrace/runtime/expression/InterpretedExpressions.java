package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions by walking their tree for each row. Slow and simple: what the compiler is held against. */
public final class InterpretedExpressions implements ExpressionEngine {

    @Override
    public BatchProjection projection(
            RowType input, @Nullable Expression condition, List<Expression> outputs, RowType outputType) {
        Signatures.check(condition, outputs, outputType);
        return new InterpretedProjection(condition, outputs, outputType);
    }

    @Override
    public BatchProjection filter(RowType input, Expression condition) {
        Signatures.check(condition, List.of(), RowType.of());
        return new InterpretedProjection(condition, null, input);
    }
}
