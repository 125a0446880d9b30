package io.millrace.runtime.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.code.JaninoClassCompiler;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds the compiler against the interpreter over random expressions and rows: values, selection and errors. */
class EnginesAgreeTest {

    private static final int ROWS = 60;
    private static final int ROUNDS_MAX = 5;
    private static final int DIFFERENCES_SHOWN = 10;
    private static final RowType INPUT = RandomExpressions.input();

    private final ExpressionEngine interpreter = new InterpretedExpressions();
    private final ExpressionEngine compiler = new CompiledExpressions(new JaninoClassCompiler());

    /** What came out, so that agreement about nothing is seen. */
    private static final class Tally {
        long values;
        long nulls;
        long errors;
        final Set<ScalarFunction> withValue = EnumSet.noneOf(ScalarFunction.class);
    }

    private record Outcome(List<Integer> rows, List<List<@Nullable Object>> values, Map<Integer, ErrorCode> errors) {}

    @Test
    void enginesAgreeOnEveryFunction() {
        Tally tally = new Tally();
        long seed = 20260118L;
        // a function that only fails in one round, by chance, gives a value in another
        for (int round = 0;
                round < ROUNDS_MAX && tally.withValue.size() < RandomExpressions.FUNCTIONS.size();
                round++) {
            tryEveryFunction(seed + round, tally);
        }
        report(tally);
        assertThat(tally.values).as("values").isGreaterThan((tally.values + tally.nulls + tally.errors) / 4);
        assertThat(tally.errors).as("errors").isPositive();
        assertThat(tally.withValue)
                .as("functions that gave a value")
                .containsExactlyInAnyOrderElementsOf(RandomExpressions.FUNCTIONS);
    }

    @Test
    @Tag("slow")
    void enginesAgreeForLong() {
        Tally tally = new Tally();
        long seed = System.nanoTime();
        for (int round = 0; round < 10; round++) {
            tryEveryFunction(seed + round, tally);
        }
        report(tally);
    }

    private void report(Tally tally) {
        assertThat(String.join("\n", differences.subList(0, Math.min(DIFFERENCES_SHOWN, differences.size()))))
                .as("%d differences", differences.size())
                .isEmpty();
        System.out.printf("%d values, %d NULLs, %d errors%n", tally.values, tally.nulls, tally.errors);
    }

    private void tryEveryFunction(long seed, Tally tally) {
        Random random = new Random(seed);
        RandomExpressions expressions = new RandomExpressions(random);
        for (ScalarFunction function : RandomExpressions.FUNCTIONS) {
            List<Expression> outputs = new ArrayList<>();
            outputs.add(expressions.call(function, 1));
            outputs.add(expressions.call(function, 3));
            outputs.add(expressions.of(RandomExpressions.TYPES.get(random.nextInt(RandomExpressions.TYPES.size())), 4));
            outputs.add(
                    expressions.cast(RandomExpressions.TYPES.get(random.nextInt(RandomExpressions.TYPES.size())), 1));
            for (Expression output : outputs) {
                Expression condition = random.nextInt(3) == 0 ? expressions.of(DataType.BOOLEAN, 3) : null;
                compare(condition, List.of(output), random, seed, tally, function);
            }
            compare(expressions.of(DataType.BOOLEAN, 2), outputs, random, seed, tally, null);
            compareRepeated(outputs, expressions, random, seed, tally);
        }
    }

    /** The same values in the condition, in branches that are not always taken, and in several outputs. */
    private void compareRepeated(
            List<Expression> values, RandomExpressions expressions, Random random, long seed, Tally tally) {
        Expression first = values.getFirst();
        Expression known = new Expression.Call(ScalarFunction.IS_NOT_NULL, List.of(first), DataType.BOOLEAN, false);
        Expression either = new Expression.Call(
                random.nextBoolean() ? ScalarFunction.OR : ScalarFunction.AND,
                List.of(expressions.of(DataType.BOOLEAN, 1), known),
                DataType.BOOLEAN,
                true);
        List<Expression> outputs = new ArrayList<>(values);
        for (Expression value : values) {
            Expression.Case.Branch branch = new Expression.Case.Branch(expressions.of(DataType.BOOLEAN, 1), value);
            outputs.add(new Expression.Case(
                    List.of(branch), new Expression.Literal(null, value.type()), value.type(), true));
        }
        compare(random.nextBoolean() ? either : null, outputs, random, seed, tally, null);
    }

    private void compare(
            @Nullable Expression condition,
            List<Expression> outputs,
            Random random,
            long seed,
            Tally tally,
            @Nullable ScalarFunction function) {
        RowType outputType = new RowType(IntStream.range(0, outputs.size())
                .mapToObj(i -> Field.nullable("f" + i, outputs.get(i).type()))
                .toList());
        BatchProjection interpreted = interpreter.projection(INPUT, condition, outputs, outputType);
        BatchProjection compiled = compiler.projection(INPUT, condition, outputs, outputType);
        RandomValues values = new RandomValues(random);
        List<@Nullable Object> parameters = new ArrayList<>();
        RandomExpressions.TYPES.forEach(type -> parameters.add(values.nullable(type, 20)));
        EvaluationContext context =
                new EvaluationContext(1_782_945_000_123_456L, parameters, ZoneId.of("America/New_York"));
        for (int nullPercent : new int[] {0, 15}) { // twice, since what is kept between batches must not show
            RowBatch batch = batch(values, random, nullPercent);
            Outcome expected = outcome(interpreted.apply(batch, context, errors), outputType);
            Outcome actual = outcome(compiled.apply(batch, context, errors), outputType);
            describe(expected, actual, batch, condition, outputs, parameters, seed);
            count(expected, tally, function);
        }
    }

    private final Map<Integer, ErrorCode> collected = new TreeMap<>();
    private final RowErrors errors = (row, code, reason) -> {
        assertThat(reason).isNotEmpty();
        assertThat(collected.put(row, code)).as("row %d fails twice", row).isNull();
    };

    private Outcome outcome(RowBatch output, RowType type) {
        List<Integer> rows = new ArrayList<>();
        List<List<@Nullable Object>> values = new ArrayList<>();
        for (int i = 0; i < output.selectedCount(); i++) {
            int row = output.selectedRow(i);
            rows.add(row);
            List<@Nullable Object> cells = new ArrayList<>();
            for (int column = 0; column < type.size(); column++) {
                Object value = JavaValues.get(type.field(column).type(), output.column(column), row);
                cells.add(
                        value instanceof byte[] bytes ? java.util.HexFormat.of().formatHex(bytes) : value);
            }
            values.add(cells);
        }
        Outcome outcome = new Outcome(rows, values, Map.copyOf(collected));
        collected.clear();
        return outcome;
    }

    private void describe(
            Outcome expected,
            Outcome actual,
            RowBatch batch,
            @Nullable Expression condition,
            List<Expression> outputs,
            List<@Nullable Object> parameters,
            long seed) {
        if (expected.equals(actual)) {
            return;
        }
        StringBuilder text = new StringBuilder("seed " + seed + "\ncondition " + condition + "\noutputs " + outputs
                + "\nparameters " + parameters + "\n");
        for (int row = 0, shown = 0; row < batch.size() && shown < 3; row++) {
            String one = at(expected, row);
            String other = at(actual, row);
            if (!one.equals(other)) {
                shown++;
                text.append("row " + JavaValues.row(batch, row) + "\n  interpreted " + one + "\n  compiled    " + other
                        + "\n");
            }
        }
        differences.add(text.substring(0, Math.min(text.length(), 20_000)));
    }

    /** The first few differences, which tell more together than one. */
    private final List<String> differences = new ArrayList<>();

    private static String at(Outcome outcome, int row) {
        int index = outcome.rows().indexOf(row);
        return outcome.errors().get(row) + " "
                + (index < 0 ? "left out" : outcome.values().get(index));
    }

    private static void count(Outcome outcome, Tally tally, @Nullable ScalarFunction function) {
        tally.errors += outcome.errors().size();
        for (List<@Nullable Object> cells : outcome.values()) {
            for (Object cell : cells) {
                if (cell == null) {
                    tally.nulls++;
                } else {
                    tally.values++;
                    if (function != null) {
                        tally.withValue.add(function);
                    }
                }
            }
        }
    }

    private static RowBatch batch(RandomValues values, Random random, int nullPercent) {
        RowBatch batch = RowBatch.create(INPUT, ROWS);
        for (int row = 0; row < ROWS; row++) {
            List<@Nullable Object> cells = new ArrayList<>();
            INPUT.fields().forEach(field -> cells.add(values.nullable(field.type(), nullPercent)));
            JavaValues.append(batch, cells);
        }
        if (random.nextBoolean()) {
            int[] selection = IntStream.range(0, ROWS)
                    .filter(row -> random.nextInt(3) > 0)
                    .toArray();
            batch.select(selection, selection.length);
        }
        return batch;
    }
}
