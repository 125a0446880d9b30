package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.UserFunction;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.function.FunctionClasses;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates expressions by writing a class for them.
 *
 * <p>The class has a loop for the condition, which writes a selection, and one for each output that is not just
 * a column; columns are passed on as they are. Each loop is there twice, with and without regard to NULLs, since
 * most batches have none. Long expressions are cut into methods short enough for the JIT compiler.
 */
public final class CompiledExpressions implements ExpressionEngine {

    /** Beyond it compiling takes seconds, and the class may not fit the limits of the class format. */
    private static final int SOURCE_CHARS_MAX = 1_000_000;

    /** Beyond it the switch over the outputs may not fit a method. */
    private static final int OUTPUTS_MAX = 1000;

    private final InterpretedExpressions interpreted;
    private final ClassCompiler compiler;

    /** Creates an engine for expressions that call no users' functions. */
    public CompiledExpressions(ClassCompiler compiler) {
        this(compiler, FunctionClasses.NONE);
    }

    public CompiledExpressions(ClassCompiler compiler, FunctionClasses functions) {
        this.compiler = compiler;
        this.interpreted = new InterpretedExpressions(functions);
    }

    @Override
    public FunctionClasses functions() {
        return interpreted.functions();
    }

    @Override
    public BatchProjection projection(
            RowType input, @Nullable Expression condition, List<Expression> outputs, RowType outputType) {
        Signatures.check(condition, outputs, outputType);
        int[] passed = new int[outputs.size()];
        List<Expression> computed = new ArrayList<>();
        for (int i = 0; i < passed.length; i++) {
            if (outputs.get(i) instanceof Expression.Column column) {
                passed[i] = column.index();
            } else {
                passed[i] = -1;
                computed.add(outputs.get(i));
            }
        }
        GeneratedBody body = body(condition, computed);
        return body == null
                ? interpreted.projection(input, condition, outputs, outputType)
                : new CompiledProjection(body, condition != null, passed, outputType);
    }

    @Override
    public BatchProjection filter(RowType input, Expression condition) {
        Signatures.check(condition, List.of(), RowType.of());
        int[] passed = new int[input.size()];
        java.util.Arrays.setAll(passed, i -> i);
        GeneratedBody body = body(condition, List.of());
        return body == null ? interpreted.filter(input, condition) : new CompiledProjection(body, true, passed, input);
    }

    @Override
    public UserAggregation aggregation(UserFunction function, List<Integer> arguments, RowType input) {
        UserCalls calls = new UserCalls(functions());
        BoundAggregate bound = calls.aggregate(function);
        BodyWriter writer = new BodyWriter(calls);
        List<Expression.Column> columns = arguments.stream()
                .map(i -> new Expression.Column(
                        i, input.field(i).type(), input.field(i).nullable()))
                .toList();
        String source = new AggregateWriter(writer, bound, columns).write();
        GeneratedBody body = compiler.instantiate(BodyWriter.CLASS_NAME, source, GeneratedBody.class, calls.classes());
        body.bind(writer.constants());
        return new CompiledAggregation(body, bound);
    }

    /** Returns a compiled class, or null where it would be too large. */
    private @Nullable GeneratedBody body(@Nullable Expression condition, List<Expression> computed) {
        if (computed.size() > OUTPUTS_MAX) {
            return null;
        }
        BodyWriter writer = new BodyWriter(new UserCalls(functions()));
        String source = writer.write(condition, computed);
        if (source.length() > SOURCE_CHARS_MAX) {
            return null;
        }
        GeneratedBody body = compiler.instantiate(
                BodyWriter.CLASS_NAME,
                source,
                GeneratedBody.class,
                writer.functions().classes());
        body.bind(writer.constants());
        return body;
    }

    /** Returns the source that would be compiled, for tests and for curious people. */
    static String source(@Nullable Expression condition, List<Expression> computed) {
        return new BodyWriter(new UserCalls(FunctionClasses.NONE)).write(condition, computed);
    }
}
