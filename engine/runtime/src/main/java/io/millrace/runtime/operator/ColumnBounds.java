package io.millrace.runtime.operator;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.runtime.Environment;
import io.millrace.runtime.expression.BatchProjection;
import io.millrace.runtime.expression.EvaluationContext;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import io.millrace.spi.type.Storage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries bounds of columns through expressions that never fall while the column grows, such as {@code FLOOR(ROWTIME TO
 * MINUTE)}: no value follows that is below the expression of the bound.
 */
final class ColumnBounds {

    private final @Nullable Carried[] carried;

    private ColumnBounds(@Nullable Carried[] carried) {
        this.carried = carried;
    }

    static ColumnBounds of(RowType input, List<Expression> outputs, Environment environment) {
        Carried[] carried = new Carried[outputs.size()];
        for (int i = 0; i < carried.length; i++) {
            Column column = source(outputs.get(i));
            if (column != null) {
                boolean same = outputs.get(i) instanceof Column;
                carried[i] = new Carried(
                        column.index(), same ? null : new BoundFunction(column, input, outputs.get(i), environment));
            }
        }
        return new ColumnBounds(carried);
    }

    /** Returns the bounds of rows that pass as they are. */
    static ColumnBounds identity(RowType rows) {
        Carried[] carried = new Carried[rows.size()];
        for (int i = 0; i < carried.length; i++) {
            carried[i] = new Carried(i, null);
        }
        return new ColumnBounds(carried);
    }

    long of(int output, Operator input) {
        Carried source = carried[output];
        if (source == null) {
            return Operator.NO_BOUND;
        }
        long bound = input.bound(source.column());
        return source.function() == null ? bound : source.function().of(bound);
    }

    /** Returns the one column of which the expression is a growing function, or null. */
    private static @Nullable Column source(Expression expression) {
        return switch (expression) {
            case Column column -> column;
            case Cast cast when timeType(cast) && timeType(cast.operand()) -> source(cast.operand());
            case Call call when growing(call) -> source(call.arguments().getFirst());
            default -> null;
        };
    }

    private static boolean growing(Call call) {
        List<Expression> rest = call.arguments().stream().skip(1).toList();
        boolean fixed = rest.stream().allMatch(Literal.class::isInstance);
        return switch (call.function()) {
            case FLOOR, CEIL, STEP -> fixed && timeType(call.arguments().getFirst());
            case PLUS, MINUS ->
                fixed
                        && timeType(call.arguments().getFirst())
                        && rest.stream().allMatch(e -> e.type() instanceof IntervalType);
            default -> false;
        };
    }

    private static boolean timeType(Expression expression) {
        return expression.type() instanceof TimestampType || expression.type() instanceof DateType;
    }

    private record Carried(int column, @Nullable BoundFunction function) {}

    /** An expression of one time, applied to a bound. */
    static final class BoundFunction {

        private final EvaluationContext context;
        private final BatchProjection projection;
        private final RowBatch row;
        private final int column;
        private long lastBound = Operator.NO_BOUND;
        private long lastValue = Operator.NO_BOUND;

        BoundFunction(Column column, RowType input, Expression expression, Environment environment) {
            this(
                    input,
                    column.index(),
                    environment.contextAt(0),
                    environment
                            .expressions()
                            .projection(
                                    input,
                                    null,
                                    List.of(expression),
                                    RowType.of(new Field("bound", expression.type(), expression.nullable()))));
        }

        private BoundFunction(RowType input, int column, EvaluationContext context, BatchProjection projection) {
            this.context = context;
            this.projection = projection;
            this.column = column;
            this.row = RowBatch.create(input, 1);
            row.size(1);
            for (int i = 0; i < input.size(); i++) {
                if (i != column) {
                    row.column(i).setNull(0);
                }
            }
        }

        /** Creates the function of a row that has the bound as its only column. */
        static BoundFunction of(RowType boundRow, Expression expression, Environment environment) {
            return new BoundFunction(new Column(0, boundRow.field(0).type(), false), boundRow, expression, environment);
        }

        long of(long bound) {
            if (bound == Operator.NO_BOUND || bound == Operator.CLOSED || bound == lastBound) {
                return bound == lastBound ? lastValue : bound;
            }
            lastBound = bound;
            lastValue = evaluate(bound);
            return lastValue;
        }

        private long evaluate(long bound) {
            if (row.column(column) instanceof LongColumn longs) {
                longs.set(0, bound);
            } else if (row.column(column) instanceof IntColumn ints) {
                ints.set(0, (int) bound);
            }
            RowBatch result = projection.apply(row, context, (r, code, reason) -> {});
            if (result.selectedCount() == 0 || result.column(0).isNull(0)) {
                return Operator.NO_BOUND;
            }
            return result.type().field(0).type().storage() == Storage.INT
                    ? ((IntColumn) result.column(0)).get(0)
                    : ((LongColumn) result.column(0)).get(0);
        }
    }
}
