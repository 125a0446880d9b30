package io.millrace.runtime.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.code.JaninoClassCompiler;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.codehaus.janino.SimpleCompiler;
import org.codehaus.janino.util.ClassFile;
import org.junit.jupiter.api.Test;

/** Expressions far too long for one method are cut into methods that the JIT compiler takes. */
class LongExpressionTest {

    /** Longer methods stay interpreted by the JVM for ever. */
    private static final int BYTECODE_MAX = 8_000;

    private static final RowType INPUT =
            RowType.of(Field.nullable("n", DataType.INTEGER), Field.nullable("s", DataType.VARCHAR));
    private static final Expression NUMBER = new Expression.Column(0, DataType.INTEGER, true);
    private static final Expression TEXT = new Expression.Column(1, DataType.VARCHAR, true);

    private static Call call(ScalarFunction function, DataType type, Expression... arguments) {
        return new Call(function, List.of(arguments), type, true);
    }

    private static Expression number(int value) {
        return new Literal(value, DataType.INTEGER);
    }

    /** {@code n = 0 OR n = 2 OR … OR s = 'x'}. */
    private static Expression alternatives(int count) {
        List<Expression> operands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            operands.add(call(ScalarFunction.EQUAL, DataType.BOOLEAN, NUMBER, number(2 * i)));
            operands.add(
                    call(ScalarFunction.EQUAL, DataType.BOOLEAN, TEXT, new Literal("text " + 7 * i, DataType.VARCHAR)));
        }
        return new Call(ScalarFunction.OR, operands, DataType.BOOLEAN, true);
    }

    /** {@code CASE WHEN n = 0 THEN 'text 0' … END}. */
    private static Expression choices(int count) {
        List<Case.Branch> branches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            branches.add(new Case.Branch(
                    call(ScalarFunction.EQUAL, DataType.BOOLEAN, NUMBER, number(3 * i)),
                    call(ScalarFunction.UPPER, DataType.VARCHAR, TEXT)));
            branches.add(new Case.Branch(
                    call(ScalarFunction.LESS, DataType.BOOLEAN, NUMBER, number(i - count)),
                    new Literal("text " + i, DataType.VARCHAR)));
        }
        return new Case(branches, new Literal(null, DataType.VARCHAR), DataType.VARCHAR, true);
    }

    /** {@code n + 1 + 2 - 3 …}, a chain as deep as it is long. */
    private static Expression chain(int count) {
        Expression sum = NUMBER;
        for (int i = 1; i <= count; i++) {
            sum = call(i % 2 == 0 ? ScalarFunction.PLUS : ScalarFunction.MINUS, DataType.INTEGER, sum, number(i));
        }
        return sum;
    }

    @Test
    void whatFitsNoClassIsInterpreted() {
        RowBatch batch = RowBatch.create(INPUT, 1);
        JavaValues.append(batch, Arrays.asList(40_000, "x"));
        List<Expression> outputs = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            outputs.add(call(ScalarFunction.PLUS, DataType.INTEGER, NUMBER, number(i)));
            fields.add(Field.nullable("c" + i, DataType.INTEGER));
        }
        RowErrors none = (row, code, reason) -> {
            throw new AssertionError(reason);
        };
        CompiledExpressions engine = new CompiledExpressions(new JaninoClassCompiler());
        RowBatch wide = engine.projection(INPUT, null, outputs, new RowType(fields))
                .apply(batch, EvaluationContext.at(0), none);
        assertThat(wide.selectedCount()).isOne();
        assertThat(JavaValues.row(wide, 0)).startsWith(40_000, 40_001).endsWith(42_499);
        // 20 000 is the last of the alternatives
        JavaValues.append(batch, Arrays.asList(20_000, "x"));
        assertThat(engine.filter(INPUT, alternatives(10_001))
                        .apply(batch, EvaluationContext.at(0), none)
                        .selectedCount())
                .isOne();
    }

    @Test
    void longExpressionsMeanWhatShortOnesDo() {
        RowBatch batch = RowBatch.create(INPUT, 16);
        for (int i = -300; i < 1_000; i++) {
            JavaValues.append(batch, Arrays.asList(i % 50 == 0 ? null : i, i % 7 == 0 ? null : "text " + i));
        }
        List<Expression> outputs = List.of(choices(300), chain(400), alternatives(300));
        RowType type = RowType.of(
                Field.nullable("a", DataType.VARCHAR),
                Field.nullable("b", DataType.INTEGER),
                Field.nullable("c", DataType.BOOLEAN));
        EvaluationContext context = EvaluationContext.at(0);
        RowErrors none = (row, code, reason) -> {
            throw new AssertionError(reason);
        };
        RowBatch expected = new InterpretedExpressions()
                .projection(INPUT, null, outputs, type)
                .apply(batch, context, none);
        RowBatch actual = new CompiledExpressions(new JaninoClassCompiler())
                .projection(INPUT, null, outputs, type)
                .apply(batch, context, none);
        assertThat(actual.selectedCount()).isEqualTo(batch.size());
        for (int row = 0; row < batch.size(); row++) {
            assertThat(JavaValues.row(actual, row)).isEqualTo(JavaValues.row(expected, row));
        }
    }

    @Test
    void generatedMethodsStayShortEnoughForTheCompiler() throws Exception {
        String source =
                CompiledExpressions.source(alternatives(300), List.of(choices(300), chain(400), alternatives(40)));
        SimpleCompiler compiler = new SimpleCompiler();
        compiler.setParentClassLoader(GeneratedBody.class.getClassLoader());
        compiler.cook(source);
        int longest = 0;
        for (ClassFile file : compiler.getClassFiles()) {
            for (ClassFile.MethodInfo method : file.methodInfos) {
                if (method.getName().equals("bind") || method.getName().equals("<init>")) {
                    continue; // run once
                }
                longest = Math.max(longest, codeLength(method));
            }
        }
        assertThat(longest).isPositive().isLessThan(BYTECODE_MAX);
    }

    private static int codeLength(ClassFile.MethodInfo method) {
        int longest = 0;
        for (ClassFile.AttributeInfo attribute : method.getAttributes()) {
            if (attribute instanceof ClassFile.CodeAttribute code) {
                longest = code.code.length;
            }
        }
        return longest;
    }
}
