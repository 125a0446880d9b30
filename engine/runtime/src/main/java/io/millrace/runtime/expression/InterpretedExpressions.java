package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.UserFunction;
import io.millrace.spi.function.FunctionClasses;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions by walking their tree for each row. Slow and simple: what the compiler is held against. */
public final class InterpretedExpressions implements ExpressionEngine {

    private final FunctionClasses functions;

    /** Creates an engine for expressions that call no users' functions. */
    public InterpretedExpressions() {
        this(FunctionClasses.NONE);
    }

    public InterpretedExpressions(FunctionClasses functions) {
        this.functions = functions;
    }

    @Override
    public FunctionClasses functions() {
        return functions;
    }

    @Override
    public BatchProjection projection(
            RowType input, @Nullable Expression condition, List<Expression> outputs, RowType outputType) {
        Signatures.check(condition, outputs, outputType);
        return new InterpretedProjection(condition, outputs, outputType, new UserCalls(functions));
    }

    @Override
    public BatchProjection filter(RowType input, Expression condition) {
        Signatures.check(condition, List.of(), RowType.of());
        return new InterpretedProjection(condition, null, input, new UserCalls(functions));
    }

    @Override
    public UserAggregation aggregation(UserFunction function, List<Integer> arguments, RowType input) {
        return new InterpretedAggregation(new UserCalls(functions).aggregate(function), arguments);
    }
}
