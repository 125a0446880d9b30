package io.millrace.server.engine;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.connector.RowCondition;
import io.millrace.spi.connector.RowCondition.Compared;
import io.millrace.spi.connector.RowCondition.Comparison;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.CharacterType;
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
 * What filters right above scans ask of rows by comparisons with constants, in a form that other systems can be asked
 * in. The filter tests the rows again, so what has no such form is left out where all parts must hold.
 */
final class ScanConditions {

    private final Predicate<PlanNode.Scan> wanted;
    private final Function<Plan, RowBatch> compute;
    private final Map<String, List<RowCondition>> conditions = new HashMap<>();

    private ScanConditions(Predicate<PlanNode.Scan> wanted, Function<Plan, RowBatch> compute) {
        this.wanted = wanted;
        this.compute = compute;
    }

    /**
     * Returns conditions that must all hold by the ids of their scans.
     *
     * @param wanted for which scans
     * @param compute gives the rows of a plan without scans
     */
    static Map<String, List<RowCondition>> of(
            Plan plan, Predicate<PlanNode.Scan> wanted, Function<Plan, RowBatch> compute) {
        ScanConditions found = new ScanConditions(wanted, compute);
        found.collect(plan.root());
        return found.conditions;
    }

    private void collect(PlanNode node) {
        if (node instanceof PlanNode.Filter filter
                && filter.input() instanceof PlanNode.Scan scan
                && wanted.test(scan)) {
            conditions.put(scan.id(), parts(filter.condition(), scan.rowType()));
        }
        node.inputs().forEach(this::collect);
    }

    /** Returns the conditions of an AND that there are, or of one condition. */
    private List<RowCondition> parts(Expression condition, RowType row) {
        List<RowCondition> found = new ArrayList<>();
        List<Expression> parts = condition instanceof Call call && call.function() == ScalarFunction.AND
                ? call.arguments()
                : List.of(condition);
        for (Expression part : parts) {
            RowCondition one = one(part, row);
            if (one != null) {
                found.add(one);
            }
        }
        return found;
    }

    private @Nullable RowCondition one(Expression condition, RowType row) {
        if (condition instanceof Column column && column.type().equals(DataType.BOOLEAN)) {
            return new Compared(name(column, row), Comparison.EQUAL, true);
        }
        if (!(condition instanceof Call call)) {
            return null;
        }
        return switch (call.function()) {
            case AND -> {
                List<RowCondition> parts = parts(call, row);
                yield parts.isEmpty() ? null : new RowCondition.All(parts);
            }
            case OR -> either(call.arguments(), row);
            case NOT ->
                call.arguments().getFirst() instanceof Column column
                        ? new Compared(name(column, row), Comparison.EQUAL, false)
                        : null;
            case IS_NULL ->
                call.arguments().getFirst() instanceof Column column ? new RowCondition.Null(name(column, row)) : null;
            case IS_NOT_NULL ->
                call.arguments().getFirst() instanceof Column column
                        ? new RowCondition.NotNull(name(column, row))
                        : null;
            case EQUAL -> comparison(call, Comparison.EQUAL, Comparison.EQUAL, row);
            case NOT_EQUAL -> comparison(call, Comparison.NOT_EQUAL, Comparison.NOT_EQUAL, row);
            case LESS -> comparison(call, Comparison.LESS, Comparison.GREATER, row);
            case LESS_OR_EQUAL -> comparison(call, Comparison.LESS_OR_EQUAL, Comparison.GREATER_OR_EQUAL, row);
            case GREATER -> comparison(call, Comparison.GREATER, Comparison.LESS, row);
            case GREATER_OR_EQUAL -> comparison(call, Comparison.GREATER_OR_EQUAL, Comparison.LESS_OR_EQUAL, row);
            default -> null;
        };
    }

    private static String name(Column column, RowType row) {
        return row.field(column.index()).name();
    }

    private @Nullable RowCondition either(List<Expression> alternatives, RowType row) {
        List<RowCondition> found = new ArrayList<>();
        for (Expression alternative : alternatives) {
            RowCondition one = one(alternative, row);
            if (one == null) {
                return null;
            }
            found.add(one);
        }
        RowCondition list = list(found);
        return list == null ? new RowCondition.Any(found) : list;
    }

    /** Returns equalities of one column as one list, or null where they are something else. */
    private static @Nullable RowCondition list(List<RowCondition> alternatives) {
        List<Object> values = new ArrayList<>();
        String column = null;
        for (RowCondition each : alternatives) {
            if (!(each instanceof Compared(String name, Comparison comparison, Object value))
                    || comparison != Comparison.EQUAL
                    || (column != null && !column.equals(name))) {
                return null;
            }
            column = name;
            values.add(value);
        }
        return column == null ? null : new RowCondition.OneOf(column, values);
    }

    /** @param mirrored the comparison with its sides exchanged */
    private @Nullable RowCondition comparison(Call call, Comparison comparison, Comparison mirrored, RowType row) {
        Expression left = call.arguments().get(0);
        Expression right = call.arguments().get(1);
        if (WantedKeys.constant(right)) {
            return comparison(left, comparison, right, row);
        }
        return WantedKeys.constant(left) ? comparison(right, mirrored, left, row) : null;
    }

    private @Nullable RowCondition comparison(
            Expression side, Comparison comparison, Expression constant, RowType row) {
        Column column = column(side);
        Object value = column == null ? null : value(constant);
        return column == null || value == null ? null : new Compared(name(column, row), comparison, value);
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

    private @Nullable Object value(Expression constant) {
        RowType type = new RowType(List.of(Field.nullable("value", constant.type())));
        try {
            RowBatch row = compute.apply(
                    new Plan(new PlanNode.Values("constant", type, List.of(List.of(constant))), false, -1));
            return row.size() == 1 && !padded(constant.type())
                    ? JavaValues.get(constant.type(), row.column(0), 0)
                    : null;
        } catch (MillraceException e) {
            // A value that cannot be computed is for the filter to tell of, where there is a row to be tested.
            return null;
        }
    }

    /** Blanks at the end of text of a fixed length do not count here, and may elsewhere. */
    private static boolean padded(DataType type) {
        return type instanceof CharacterType text && text.fixed();
    }
}
