package io.millrace.runtime.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.Expression.UserCall;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.plan.expression.UserFunction;
import io.millrace.runtime.code.JaninoClassCompiler;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptValuesTest {

    private static final Expression TEXT = new Column(0, DataType.VARCHAR, true);
    private static final Expression LOWER = call(ScalarFunction.LOWER, DataType.VARCHAR, TEXT);

    private static Call call(ScalarFunction function, DataType type, Expression... arguments) {
        return new Call(function, List.of(arguments), type, true);
    }

    @Test
    void keepsWhatSeveralPlacesUse() {
        Expression apple = call(ScalarFunction.EQUAL, DataType.BOOLEAN, LOWER, new Literal("apple", DataType.VARCHAR));
        assertThat(KeptValues.of(apple, List.of(LOWER)).contains(LOWER)).isTrue();
        assertThat(KeptValues.of(null, List.of(LOWER, TEXT, TEXT)).contains(LOWER))
                .isFalse();
        assertThat(KeptValues.of(null, List.of(apple, apple)).contains(apple))
                .as("quicker to compute")
                .isFalse();
    }

    @Test
    void doesNotKeepWhatIsOnlyInsideOfAnother() {
        Expression reversed = call(ScalarFunction.REVERSE, DataType.VARCHAR, LOWER);
        KeptValues kept = KeptValues.of(null, List.of(reversed, reversed));
        assertThat(kept.contains(reversed)).isTrue();
        assertThat(kept.contains(LOWER)).isFalse();
    }

    @Test
    void asksFunctionsThatAreNotDeterministicEachTime() {
        assertThat(keeps(true)).isTrue();
        assertThat(keeps(false)).isFalse();
    }

    private static boolean keeps(boolean deterministic) {
        UserFunction function = new UserFunction("f", "F", "00", deterministic);
        Expression call = new UserCall(function, List.of(TEXT), DataType.BIGINT, true);
        Expression around = call(ScalarFunction.MD5, DataType.VARBINARY, call);
        boolean kept = KeptValues.of(call, List.of(call)).contains(call);
        assertThat(KeptValues.of(null, List.of(around, around)).contains(around))
                .isEqualTo(kept);
        return kept;
    }

    @Test
    void computesAgainWhatThereIsNoRoomFor() {
        RowType input = RowType.of(Field.nullable("a", DataType.VARCHAR));
        RowType output = RowType.of(Field.nullable("x", DataType.VARCHAR), Field.nullable("y", DataType.VARCHAR));
        BatchProjection projection = new CompiledExpressions(new JaninoClassCompiler())
                .projection(input, null, List.of(LOWER, LOWER), output);
        String[] texts = new String[600];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = ("ROW " + i + " ").repeat(i % 7 == 0 ? 20_000 : 5_000);
        }
        RowBatch batch = RowBatch.create(input, texts.length);
        for (int i = 0; i < texts.length; i++) {
            ((BytesColumn) batch.column(0)).append(i, texts[i]);
        }
        batch.size(texts.length);
        for (int round = 0; round < 2; round++) {
            RowBatch rows = projection.apply(batch, EvaluationContext.at(0), (row, code, reason) -> {
                throw new AssertionError(reason);
            });
            for (int i = 0; i < texts.length; i++) {
                String lower = "row " + texts[i].substring(4).replace("ROW", "row");
                assertThat(((BytesColumn) rows.column(0)).text(i)).isEqualTo(lower);
                assertThat(((BytesColumn) rows.column(1)).text(i)).isEqualTo(lower);
            }
        }
    }
}
