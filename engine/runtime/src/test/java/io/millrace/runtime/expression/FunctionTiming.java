package io.millrace.runtime.expression;

import static io.millrace.plan.expression.ScalarFunction.*;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Times functions with constant patterns and paths, compiled, on one thread. Not a test; run its main. */
final class FunctionTiming {

    private static final int ROWS = 4_096;
    private static final DataType TEXT = DataType.VARCHAR;
    private static final DataType TEXTS = new ArrayType(TEXT, true);
    private static final RowType INPUT = RowType.of(
            Field.nullable("json", TEXT),
            Field.nullable("line", TEXT),
            Field.nullable("amount", new DecimalType(12, 2)),
            Field.nullable("ratio", DataType.DOUBLE),
            Field.nullable("year", DataType.INTEGER),
            Field.nullable("written", TEXT),
            Field.nullable("tags", TEXTS));

    private FunctionTiming() {}

    public static void main(String[] arguments) {
        RowBatch batch = batch();
        for (Expression call : calls()) {
            time(call, batch);
        }
    }

    private static List<Expression> calls() {
        Expression json = column(0);
        Expression line = column(1);
        return List.of(
                call(JSON_PART_TEXT, TEXT, json, literal("user")),
                call(JSON_PART, TEXT, json, literal("items")),
                call(JSON_PART_TEXT, TEXT, call(JSON_PART, TEXT, json, literal("items")), literal(1)),
                call(JSON_VALUE, TEXT, json, literal("$.items[0].sku")),
                call(JSON_EXISTS, DataType.BOOLEAN, json, literal("$.none")),
                call(IS_JSON, DataType.BOOLEAN, json, literal("OBJECT")),
                call(REGEXP_SUBSTR, TEXT, line, literal("[0-9]+ms"), literal(1), literal(1), literal(0)),
                call(REGEXP_SUBSTR, TEXT, line, literal("error=[a-z]+"), literal(1), literal(1), literal(0)),
                call(
                        REGEXP_INSTR,
                        DataType.INTEGER,
                        line,
                        literal("took"),
                        literal(1),
                        literal(1),
                        literal(false),
                        literal(0)),
                call(REGEXP_COUNT, DataType.INTEGER, line, literal("[0-9]+")),
                call(REGEXP_REPLACE, TEXT, line, literal("[0-9]+"), literal("#")),
                call(REGEXP_REPLACE, TEXT, line, literal("secret=[a-z]+"), literal("secret=x")),
                call(REGEXP_MATCH, TEXTS, line, literal("user-([0-9]+) took ([0-9]+)")),
                call(TRANSLATE, TEXT, line, literal("/-"), literal("__")),
                call(FORMAT_NUMBER, TEXT, column(2), literal("FM999,999,990.00")),
                call(PARSE_NUMBER, new DecimalType(38, 10), column(5), literal("999,999.99")),
                call(MAKE_DATE, DataType.DATE, column(4), literal(2), literal(28)),
                call(INITCAP, TEXT, line),
                call(CARDINALITY, DataType.INTEGER, column(6)),
                call(ITEM, TEXT, column(6), literal(2)),
                call(ARRAY_CONTAINS, DataType.BOOLEAN, column(6), literal("beta")));
    }

    private static void time(Expression call, RowBatch batch) {
        ExpressionEngine engine = new CompiledExpressions(new JaninoClassCompiler());
        BatchProjection projection =
                engine.projection(INPUT, null, List.of(call), RowType.of(Field.nullable("f", call.type())));
        EvaluationContext context = EvaluationContext.at(0);
        double best = 0;
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            long rows = 0;
            while (System.nanoTime() - start < 300_000_000L) {
                rows += projection
                        .apply(batch, context, (row, code, reason) -> {
                            throw new IllegalStateException(reason);
                        })
                        .selectedCount();
            }
            best = Math.max(best, rows * 1e9 / (System.nanoTime() - start));
        }
        System.out.printf("%8.2f M rows/s  %s%n", best / 1e6, ((Expression.Call) call).function() + " " + call);
    }

    private static Expression column(int index) {
        return new Expression.Column(index, INPUT.field(index).type(), true);
    }

    private static Expression literal(Object value) {
        return new Expression.Literal(value, Trial.typeOf(value));
    }

    private static Expression call(ScalarFunction function, DataType type, Expression... arguments) {
        return new Expression.Call(function, List.of(arguments), type, true);
    }

    private static RowBatch batch() {
        Random random = new Random(7);
        RowBatch batch = RowBatch.create(INPUT, ROWS);
        for (int row = 0; row < ROWS; row++) {
            int number = random.nextInt(100_000);
            List<Object> cells = new ArrayList<>();
            cells.add("""
                {"id": %d, "user": "user-%d", "items": [{"sku": "s%d", "n": 1}, {"sku": "t", "n": 2.5}], \
                "at": "2026-01-31T13:45:01Z", "tags": ["alpha", "beta"], "ok": true}\
                """.formatted(number, number, number));
            cells.add("GET /shop/items/%d user-%d took %dms".formatted(number, number, number % 977));
            cells.add(java.math.BigDecimal.valueOf(number, 2));
            cells.add(number / 7.0);
            cells.add(1990 + number % 40);
            cells.add(number % 1000 + "," + (100 + number % 900) + ".25");
            cells.add(List.of("alpha", "beta", "gamma"));
            JavaValues.append(batch, cells);
        }
        return batch;
    }
}
