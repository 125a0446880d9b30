package io.millrace.server.engine;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What filters right above scans say of single columns: comparisons with constants, alternatives of one column's, and
 * whether it is NULL. The filter tests the rows again, so all there is to it is that others need not be read.
 */
final class ScanBounds {

    private final Predicate<PlanNode.Scan> wanted;
    private final Function<Plan, RowBatch> compute;
    private final Map<String, List<ColumnBounds>> bounds = new HashMap<>();

    private ScanBounds(Predicate<PlanNode.Scan> wanted, Function<Plan, RowBatch> compute) {
        this.wanted = wanted;
        this.compute = compute;
    }

    /**
     * Returns bounds by the ids of their scans.
     *
     * @param wanted for which scans
     * @param compute gives the rows of a plan without scans
     */
    static Map<String, List<ColumnBounds>> of(
            Plan plan, Predicate<PlanNode.Scan> wanted, Function<Plan, RowBatch> compute) {
        ScanBounds found = new ScanBounds(wanted, compute);
        found.collect(plan.root());
        return found.bounds;
    }

    private void collect(PlanNode node) {
        if (node instanceof PlanNode.Filter filter
                && filter.input() instanceof PlanNode.Scan scan
                && wanted.test(scan)) {
            List<ColumnBounds> all = new ArrayList<>();
            all(filter.condition(), scan.rowType(), all);
            bounds.put(scan.id(), all);
        }
        node.inputs().forEach(this::collect);
    }

    private void all(Expression condition, RowType row, List<ColumnBounds> into) {
        if (condition instanceof Call call && call.function() == ScalarFunction.AND) {
            call.arguments().forEach(part -> all(part, row, into));
            return;
        }
        ColumnBounds one = one(condition, row);
        if (one != null) {
            into.add(one);
        }
    }

    private @Nullable ColumnBounds one(Expression condition, RowType row) {
        if (condition instanceof Column column && column.type().equals(DataType.BOOLEAN)) {
            return equalTo(row.field(column.index()), true);
        }
        if (!(condition instanceof Call call)) {
            return null;
        }
        return switch (call.function()) {
            case OR -> either(call.arguments(), row);
            case AND -> both(call.arguments(), row);
            case IS_NULL -> nullness(call, row, true);
            case IS_NOT_NULL -> nullness(call, row, false);
            case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> comparison(call, row);
            default -> null;
        };
    }

    private static ColumnBounds equalTo(Field field, Comparable<?> value) {
        return new ColumnBounds(field.name(), field.type(), false, value, false, value, false);
    }

    private static @Nullable ColumnBounds nullness(Call call, RowType row, boolean nulls) {
        if (!(call.arguments().getFirst() instanceof Column column)) {
            return null;
        }
        Field field = row.field(column.index());
        return nulls
                ? ColumnBounds.nulls(field.name(), field.type())
                : ColumnBounds.notNull(field.name(), field.type());
    }

    /** Returns the bounds around those of all alternatives, where they are of one column. */
    private @Nullable ColumnBounds either(List<Expression> alternatives, RowType row) {
        ColumnBounds around = null;
        for (Expression alternative : alternatives) {
            ColumnBounds each = one(alternative, row);
            if (each == null || each.nulls()) {
                return null;
            }
            around = around == null ? each : around(around, each);
            if (around == null) {
                return null;
            }
        }
        return around;
    }

    private static @Nullable ColumnBounds around(ColumnBounds one, ColumnBounds other) {
        if (!one.column().equals(other.column()) || !one.type().equals(other.type())) {
            return null;
        }
        boolean otherMin = one.min() != null && (other.min() == null || less(other.min(), one.min()));
        boolean otherMax = one.max() != null && (other.max() == null || less(one.max(), other.max()));
        ColumnBounds min = otherMin ? other : one;
        ColumnBounds max = otherMax ? other : one;
        // Of equal bounds one may be open: closed is around both.
        return new ColumnBounds(one.column(), one.type(), false, min.min(), false, max.max(), false);
    }

    private static boolean less(Comparable<?> one, Comparable<?> other) {
        return ColumnBounds.compare(one, other) < 0;
    }

    /** Returns the bounds of one column that parts set together; the first that can be understood does. */
    private @Nullable ColumnBounds both(List<Expression> parts, RowType row) {
        ColumnBounds within = null;
        for (Expression part : parts) {
            ColumnBounds each = one(part, row);
            if (each == null || each.nulls()) {
                continue;
            }
            within =
                    within == null || !within.column().equals(each.column()) ? orFirst(within, each) : in(within, each);
        }
        return within;
    }

    private static ColumnBounds orFirst(@Nullable ColumnBounds first, ColumnBounds second) {
        return first == null ? second : first;
    }

    private static ColumnBounds in(ColumnBounds one, ColumnBounds other) {
        ColumnBounds min = one.min() == null ? other : one;
        ColumnBounds max = one.max() == null ? other : one;
        return one.type().equals(other.type())
                ? new ColumnBounds(one.column(), one.type(), false, min.min(), min.minOpen(), max.max(), max.maxOpen())
                : one;
    }

    private @Nullable ColumnBounds comparison(Call call, RowType row) {
        Expression left = call.arguments().get(0);
        Expression right = call.arguments().get(1);
        return WantedKeys.constant(right)
                ? comparison(left, call.function(), right, row)
                : WantedKeys.constant(left) ? comparison(right, mirrored(call.function()), left, row) : null;
    }

    private static ScalarFunction mirrored(ScalarFunction comparison) {
        return switch (comparison) {
            case LESS -> ScalarFunction.GREATER;
            case LESS_OR_EQUAL -> ScalarFunction.GREATER_OR_EQUAL;
            case GREATER -> ScalarFunction.LESS;
            case GREATER_OR_EQUAL -> ScalarFunction.LESS_OR_EQUAL;
            default -> comparison;
        };
    }

    private @Nullable ColumnBounds comparison(
            Expression side, ScalarFunction comparison, Expression constant, RowType row) {
        Column column = column(side);
        Comparable<?> value = column == null ? null : value(constant);
        if (column == null || value == null) {
            return null;
        }
        Field field = row.field(column.index());
        boolean open = comparison == ScalarFunction.LESS || comparison == ScalarFunction.GREATER;
        return switch (comparison) {
            case EQUAL -> equalTo(field, value);
            case LESS, LESS_OR_EQUAL -> new ColumnBounds(field.name(), field.type(), false, null, false, value, open);
            default -> new ColumnBounds(field.name(), field.type(), false, value, open, null, false);
        };
    }

    /** Returns the column that a side of a comparison is, perhaps in a wider type, which changes no order. */
    private static @Nullable Column column(Expression side) {
        return switch (side) {
            case Column column -> column;
            case Cast cast
            when cast.operand() instanceof Column column && ColumnBounds.widens(column.type(), cast.type()) -> column;
            default -> null;
        };
    }

    private @Nullable Comparable<?> value(Expression constant) {
        RowType type = new RowType(List.of(Field.nullable("value", constant.type())));
        try {
            RowBatch row =
                    compute.apply(new Plan(new PlanNode.Values("bound", type, List.of(List.of(constant))), false, -1));
            return row.size() == 1 ? ColumnBounds.bound(constant.type(), row.column(0), 0) : null;
        } catch (MillraceException e) {
            // A value that cannot be computed is for the filter to tell of, where there is a row to be tested.
            return null;
        }
    }
}
