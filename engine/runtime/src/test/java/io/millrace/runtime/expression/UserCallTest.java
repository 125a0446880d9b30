package io.millrace.runtime.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.UserCall;
import io.millrace.plan.expression.UserFunction;
import io.millrace.runtime.code.JaninoClassCompiler;
import io.millrace.spi.function.Digits;
import io.millrace.spi.function.FunctionClasses;
import io.millrace.spi.function.FunctionMethod;
import io.millrace.spi.function.FunctionSignature;
import io.millrace.spi.function.ScalarFunction;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Users' functions mean the same compiled and interpreted: values, NULLs and errors. */
class UserCallTest {

    private static final int ROWS = 500;

    /** Functions of the tests are on the class path. */
    private static final FunctionClasses CLASSES = (jar, className) -> {
        try {
            return Class.forName(className);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    };

    public static final class Primitives implements ScalarFunction {
        public long apply(int a, long b, double c, float d, boolean e) {
            if (a == 13) {
                throw new IllegalStateException("thirteen");
            }
            return Math.addExact(a, b) + (long) c + (long) d + (e ? 1 : 0);
        }
    }

    public static final class Texts implements ScalarFunction {
        public @Nullable String apply(String text, @Nullable Integer count, byte[] bytes) {
            if (text.isEmpty()) {
                return null;
            }
            return count == null ? "none" : text.repeat(Math.abs(count) % 4) + bytes.length;
        }
    }

    public static final class Amounts implements ScalarFunction {
        public @Digits(precision = 8, scale = 2) BigDecimal apply(
                @Digits(precision = 20, scale = 4) BigDecimal amount, LocalDate day) {
            return amount.multiply(BigDecimal.valueOf(day.getDayOfMonth()));
        }
    }

    public static final class Nested implements ScalarFunction {
        public record Part(
                int place, List<String> names, @Nullable Part next) {}

        public Map<String, List<Long>> apply(List<Long> numbers) {
            return Map.of("all", numbers);
        }
    }

    public static final class Records implements ScalarFunction {
        public record Point(int x, @Nullable String label) {}

        public Point apply(Point point, int by) {
            return new Point(point.x() + by, point.label());
        }
    }

    public static final class Nothing implements ScalarFunction {
        public int apply() {
            return 42;
        }
    }

    @Test
    void compiledAndInterpretedCallsAgree() {
        for (Class<?> function :
                List.of(Primitives.class, Texts.class, Amounts.class, Nested.class, Records.class, Nothing.class)) {
            FunctionSignature signature = FunctionMethod.of(function).signature();
            for (int seed = 0; seed < 8; seed++) {
                Random random = new Random(seed);
                RowBatch rows = rows(signature, random, seed % 2 == 0 ? 0 : 20);
                Expression call = call(function, signature);
                List<String> interpreted = outcome(new InterpretedExpressions(CLASSES), rows, call);
                List<String> compiled =
                        outcome(new CompiledExpressions(new JaninoClassCompiler(), CLASSES), rows, call);
                assertThat(compiled)
                        .as(function.getSimpleName() + ", seed " + seed)
                        .isEqualTo(interpreted);
            }
        }
    }

    @Test
    void anExceptionIsAnErrorOfItsRow() {
        FunctionSignature signature = FunctionMethod.of(Primitives.class).signature();
        RowBatch rows = RowBatch.create(type(signature), 2);
        JavaValues.append(rows, List.of(13, 1L, 1.0, 1f, true));
        JavaValues.append(rows, List.of(1, Long.MAX_VALUE, 1.0, 1f, true));
        JavaValues.append(rows, List.of(1, 2L, 3.0, 4f, true));
        assertThat(outcome(
                        new CompiledExpressions(new JaninoClassCompiler(), CLASSES),
                        rows,
                        call(Primitives.class, signature)))
                .containsExactly(
                        "2: 11",
                        "0 fails: FUNCTION_FAILED function 'f' failed: java.lang.IllegalStateException: thirteen",
                        "1 fails: FUNCTION_FAILED function 'f' failed: java.lang.ArithmeticException: long overflow");
    }

    private static RowType type(FunctionSignature signature) {
        List<Field> fields = new ArrayList<>();
        signature.parameters().forEach(parameter -> fields.add(Field.nullable("c" + fields.size(), parameter.type())));
        return new RowType(fields);
    }

    private static Expression call(Class<?> function, FunctionSignature signature) {
        List<Expression> arguments = new ArrayList<>();
        signature
                .parameters()
                .forEach(parameter -> arguments.add(new Expression.Column(arguments.size(), parameter.type(), true)));
        return new UserCall(new UserFunction("f", function.getName(), "", true), arguments, signature.result(), true);
    }

    private static RowBatch rows(FunctionSignature signature, Random random, int nullPercent) {
        RowType type = type(signature);
        RandomValues values = new RandomValues(random);
        RowBatch batch = RowBatch.create(type, ROWS);
        for (int row = 0; row < ROWS; row++) {
            List<@Nullable Object> cells = new ArrayList<>();
            for (Field field : type.fields()) {
                cells.add(value(field.type(), values, random, nullPercent));
            }
            JavaValues.append(batch, cells);
        }
        batch.size(ROWS);
        return batch;
    }

    private static @Nullable Object value(DataType type, RandomValues values, Random random, int nullPercent) {
        return switch (type) {
            case DataType.IntegerType integer when integer.bits() == 32 && random.nextBoolean() -> random.nextInt(20);
            case RowType row -> {
                List<@Nullable Object> fields = new ArrayList<>();
                fields.add(random.nextInt(100));
                fields.add(values.nullable(DataType.VARCHAR, nullPercent));
                yield random.nextInt(100) < nullPercent ? null : fields;
            }
            default -> values.nullable(type, nullPercent);
        };
    }

    private static List<String> outcome(ExpressionEngine engine, RowBatch rows, Expression call) {
        List<String> failures = new ArrayList<>();
        RowType output = RowType.of(Field.nullable("r", call.type()));
        RowBatch answer = engine.projection(rows.type(), null, List.of(call), output)
                .apply(
                        rows,
                        EvaluationContext.at(0),
                        (row, code, reason) -> failures.add(row + " fails: " + code + " " + reason));
        List<String> outcome = new ArrayList<>();
        for (int i = 0; i < answer.selectedCount(); i++) {
            int row = answer.selectedRow(i);
            outcome.add(row + ": " + JavaValues.get(call.type(), answer.column(0), row));
        }
        outcome.addAll(failures);
        return outcome;
    }
}
