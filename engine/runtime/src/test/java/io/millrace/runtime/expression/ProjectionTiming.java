package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.code.JaninoClassCompiler;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.List;
import java.util.Random;

/**
 * Times filters and projections on one thread: three of seven columns, about half of the rows passing. Not a test;
 * run its main. Figures are rows of the input a second, the best of five rounds.
 */
final class ProjectionTiming {

    private static final int ROWS = 4_096;
    private static final RowType INPUT = RowType.of(
            Field.required("ts", DataType.TIMESTAMP),
            Field.nullable("ticker", DataType.VARCHAR),
            Field.nullable("price", DataType.DOUBLE),
            Field.nullable("volume", DataType.BIGINT),
            Field.nullable("kind", DataType.INTEGER),
            Field.nullable("amount", new DecimalType(12, 2)),
            Field.nullable("venue", DataType.VARCHAR));

    private ProjectionTiming() {}

    public static void main(String[] arguments) {
        ExpressionEngine compiled = new CompiledExpressions(new JaninoClassCompiler());
        for (boolean nulls : new boolean[] {false, true}) {
            RowBatch batch = batch(nulls);
            System.out.println(nulls ? "with NULLs" : "without NULLs");
            Expression byPrice = call(ScalarFunction.GREATER, DataType.BOOLEAN, column(2), literal(50.0));
            Expression byTwo = call(
                    ScalarFunction.AND,
                    DataType.BOOLEAN,
                    byPrice,
                    call(ScalarFunction.LESS, DataType.BOOLEAN, column(4), literal(9)));
            Expression byName = call(ScalarFunction.EQUAL, DataType.BOOLEAN, column(1), literal("AAPL"));
            Expression like = call(ScalarFunction.LIKE, DataType.BOOLEAN, column(1), literal("A%"));
            List<Expression> columns = List.of(column(0), column(1), column(2));
            List<Expression> computed = List.of(
                    column(1),
                    call(ScalarFunction.MULTIPLY, DataType.DOUBLE, column(2), literal(1.1)),
                    call(ScalarFunction.PLUS, DataType.BIGINT, column(3), literal(1L)));
            List<Expression> text = List.of(
                    call(ScalarFunction.UPPER, DataType.VARCHAR, column(6)),
                    new Expression.Cast(column(3), DataType.VARCHAR, true, false),
                    call(ScalarFunction.PLUS, new DecimalType(13, 2), column(5), column(5)));
            time("3 of 7, price > 50", compiled, batch, byPrice, columns);
            time("3 of 7, price > 50 AND kind < 9", compiled, batch, byTwo, columns);
            time("3 of 7, ticker = 'AAPL'", compiled, batch, byName, columns);
            time("3 of 7, ticker LIKE 'A%'", compiled, batch, like, columns);
            time("ticker, price * 1.1, volume + 1, price > 50", compiled, batch, byPrice, computed);
            time("UPPER, CAST AS VARCHAR, decimal sum, price > 50", compiled, batch, byPrice, text);
        }
        time(
                "interpreted: 3 of 7, price > 50",
                new InterpretedExpressions(),
                batch(false),
                call(ScalarFunction.GREATER, DataType.BOOLEAN, column(2), literal(50.0)),
                List.of(column(0), column(1), column(2)));
    }

    private static void time(
            String name, ExpressionEngine engine, RowBatch batch, Expression condition, List<Expression> outputs) {
        Field[] fields = new Field[outputs.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = Field.nullable("f" + i, outputs.get(i).type());
        }
        BatchProjection projection = engine.projection(INPUT, condition, outputs, RowType.of(fields));
        EvaluationContext context = EvaluationContext.at(0);
        double best = 0;
        long sum = 0;
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            long rows = 0;
            while (System.nanoTime() - start < 300_000_000L) {
                sum += projection
                        .apply(batch, context, (row, code, reason) -> {})
                        .selectedCount();
                rows += batch.size();
            }
            best = Math.max(best, rows * 1e9 / (System.nanoTime() - start));
        }
        System.out.printf("  %-50s %8.1f M rows/s  (checksum %d)%n", name, best / 1e6, sum % 1000);
    }

    private static Expression column(int index) {
        return new Expression.Column(
                index, INPUT.field(index).type(), INPUT.field(index).nullable());
    }

    private static Expression literal(Object value) {
        return new Expression.Literal(value, Trial.typeOf(value));
    }

    private static Expression call(ScalarFunction function, DataType type, Expression... arguments) {
        return new Expression.Call(function, List.of(arguments), type, true);
    }

    private static RowBatch batch(boolean nulls) {
        Random random = new Random(7);
        RowBatch batch = RowBatch.create(INPUT, ROWS);
        String[] tickers = {"AAPL", "AMZN", "GOOG", "IBM", "MSFT", "ORCL"};
        for (int row = 0; row < ROWS; row++) {
            ((LongColumn) batch.column(0)).set(row, 1_767_225_600_000_000L + row * 1000L);
            ((BytesColumn) batch.column(1)).append(row, tickers[random.nextInt(tickers.length)]);
            ((DoubleColumn) batch.column(2)).set(row, random.nextDouble() * 100);
            ((LongColumn) batch.column(3)).set(row, random.nextInt(10_000));
            ((IntColumn) batch.column(4)).set(row, random.nextInt(10));
            ((LongColumn) batch.column(5)).set(row, random.nextInt(1_000_000));
            ((BytesColumn) batch.column(6)).append(row, "nasdaq");
            for (int column = 1; nulls && column < INPUT.size(); column++) {
                if (random.nextInt(10) == 0) {
                    batch.column(column).setNull(row);
                }
            }
        }
        batch.size(ROWS);
        return batch;
    }
}
