package io.millrace.runtime.expression;

import static io.millrace.plan.expression.ScalarFunction.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.code.JaninoClassCompiler;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Holds what is prepared of constant patterns, paths and formats against the interpreter: over random first arguments that make
 * sense to the function, which texts of {@link RandomValues} rarely do.
 */
class ConstantsAgreeTest {

    private static final int ROWS = 400;
    private static final DataType TEXT = DataType.VARCHAR;
    private static final DataType NUMBER = DataType.INTEGER;
    private static final DataType TRUTH = DataType.BOOLEAN;
    private static final DataType TEXTS = new ArrayType(TEXT, true);
    private static final DataType DECIMAL = new DecimalType(12, 2);

    private final Random random = new Random(20260301);
    private final Map<ScalarFunction, Set<@Nullable Object>> answers = new EnumMap<>(ScalarFunction.class);
    private final ExpressionEngine interpreter = new InterpretedExpressions();
    private final ExpressionEngine compiler = new CompiledExpressions(new JaninoClassCompiler());

    @Test
    void pathsInJson() {
        RandomJson json = new RandomJson(random);
        for (String path : List.of(
                "$",
                "$.a",
                "$.b.a",
                "$.a[0]",
                "$[1].a",
                "$[last]",
                "$[last - 1].b",
                "$.\"a b\"",
                "$.é[last][0]",
                "strict $.b",
                "no path")) {
            for (ScalarFunction function : List.of(JSON_VALUE, JSON_QUERY, JSON_FOUND)) {
                agree(function, TEXT, json::text, path);
            }
            agree(JSON_EXISTS, TRUTH, json::text, path);
        }
        for (Object step : Arrays.asList("a", "é", "a b", "\"", "0", "", 0, 1, -1, -3, Integer.MIN_VALUE)) {
            agree(JSON_PART, TEXT, json::text, step);
            agree(JSON_PART_TEXT, TEXT, json::text, step);
        }
        for (String kind : List.of("VALUE", "OBJECT", "ARRAY", "SCALAR", "NUMBER")) {
            agree(IS_JSON, TRUTH, json::text, kind);
        }
    }

    @Test
    void regularExpressions() {
        Supplier<String> texts = () -> pieces("a", "b", "ab", "aab", "12", " ", "é", "😀", "A", "\n");
        for (String pattern : List.of(
                "a", "(a)(b)?", "[0-9]+", "b.*a", "^a", "a$", "\\d+", "é", "(?i)AB", "", "a{2", "ab|12", "(?<=a)b",
                "aab+")) {
            agree(REGEXP_LIKE, TRUTH, texts, pattern);
            agree(SIMILAR_TO, TRUTH, texts, pattern);
            agree(REGEXP_EXTRACT, TEXT, texts, pattern, random.nextInt(3));
            agree(REGEXP_SPLIT, TEXTS, texts, pattern);
            agree(REGEXP_MATCH, TEXTS, texts, pattern);
            agree(REGEXP_MATCHES, new ArrayType(TEXTS, true), texts, pattern, random.nextInt(4));
            agree(REGEXP_COUNT, NUMBER, texts, pattern);
            for (int start = -1; start < 5; start++) {
                int number = random.nextInt(-1, 4);
                int group = random.nextInt(-1, 3);
                agree(REGEXP_COUNT, NUMBER, texts, pattern, start);
                agree(REGEXP_SUBSTR, TEXT, texts, pattern, start, number, group);
                agree(REGEXP_INSTR, NUMBER, texts, pattern, start, number, random.nextBoolean(), group);
                agree(REGEXP_REPLACE, TEXT, texts, pattern, one("x", "[$0]", "\\1", "$7", ""), start, number);
            }
            agree(REGEXP_REPLACE, TEXT, texts, pattern, one("x", "$1é", "\\&\\&"));
        }
    }

    @Test
    void charactersAndFormats() {
        Supplier<String> texts = () -> pieces("a", "b", "c", "é", "😀", "-", "/");
        for (String from : List.of("ab", "aba", "é", "a😀", "", "-/")) {
            agree(TRANSLATE, TEXT, texts, from, one("x", "é", "😀y", "", "xyz"));
        }
        Supplier<BigDecimal> amounts = () -> BigDecimal.valueOf(random.nextInt(-200_000, 200_000), 2);
        Supplier<String> written = () -> pieces("1", "2", "-", "+", ",", ".", " ", "<", ">", "é");
        for (String pattern :
                List.of("999,990.00", "FM9.99", "S0000", "99PR", "RN", "9.9EEEE", "99V9", "9TH", "9.9.9", "")) {
            agree(FORMAT_NUMBER, TEXT, DECIMAL, amounts, pattern);
            agree(PARSE_NUMBER, DECIMAL, TEXT, written, pattern);
        }
    }

    @Test
    void partsAndElements() {
        Supplier<Integer> years = () -> random.nextInt(-1, 2_100);
        for (int day = 0; day < 32; day += 3) {
            agree(MAKE_DATE, DataType.DATE, NUMBER, years, random.nextInt(14), day);
            agree(MAKE_TIME, DataType.TIME, NUMBER, () -> random.nextInt(-1, 26), day * 2, day * 2 + 0.25);
        }
        Supplier<List<@Nullable String>> arrays = () -> {
            List<@Nullable String> list = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                list.add(one("a", "b", null));
            }
            return list;
        };
        agree(CARDINALITY, NUMBER, TEXTS, arrays);
        agree(ARRAY_CONTAINS, TRUTH, TEXTS, arrays, "a");
        for (int place = -1; place < 4; place++) {
            agree(ITEM, TEXT, TEXTS, arrays, place);
        }
    }

    private void agree(ScalarFunction function, DataType type, Supplier<String> texts, Object... constants) {
        agree(function, type, TEXT, texts, constants);
    }

    private void agree(
            ScalarFunction function, DataType type, DataType first, Supplier<?> values, Object... constants) {
        RowType input = RowType.of(Field.nullable("c", first));
        RowBatch batch = RowBatch.create(input, ROWS);
        for (int row = 0; row < ROWS; row++) {
            JavaValues.append(batch, Arrays.asList(random.nextInt(20) == 0 ? null : values.get()));
        }
        List<Expression> arguments = new ArrayList<>(List.of(new Expression.Column(0, first, true)));
        for (Object constant : constants) {
            arguments.add(new Expression.Literal(constant, Trial.typeOf(constant)));
        }
        Expression call = new Expression.Call(function, arguments, type, true);
        List<@Nullable Object> expected = outcomes(interpreter, call, batch);
        List<@Nullable Object> actual = outcomes(compiler, call, batch);
        for (int row = 0; row < ROWS; row++) {
            assertThat(actual.get(row))
                    .as("%s%s of %s", function, Arrays.toString(constants), JavaValues.row(batch, row))
                    .isEqualTo(expected.get(row));
        }
        answers.computeIfAbsent(function, key -> new HashSet<>()).addAll(expected);
    }

    @AfterEach
    void answersDiffer() {
        answers.forEach((function, different) ->
                assertThat(different).as("answers of %s", function).hasSizeGreaterThan(2));
    }

    /** Returns what comes of each row: a value, or how it fails. */
    private static List<@Nullable Object> outcomes(ExpressionEngine engine, Expression call, RowBatch batch) {
        RowType output = RowType.of(Field.nullable("f", call.type()));
        @Nullable Object[] outcomes = new Object[ROWS];
        RowBatch answer = engine.projection(batch.type(), null, List.of(call), output)
                .apply(batch, EvaluationContext.at(0), (row, code, reason) -> outcomes[row] = code + ": " + reason);
        for (int i = 0; i < answer.selectedCount(); i++) {
            int row = answer.selectedRow(i);
            outcomes[row] = JavaValues.get(call.type(), answer.column(0), row);
        }
        return Arrays.asList(outcomes);
    }

    private String pieces(String... choices) {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            out.append(one(choices));
        }
        return out.toString();
    }

    private @Nullable String one(@Nullable String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
