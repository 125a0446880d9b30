package io.millrace.server.engine;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.TableDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Scans of tables of which a filter right above them wants no row but that of one key. The filter tests the row again,
 * so all there is to it is that no other is read.
 */
final class WantedKeys {

    private final Catalog catalog;
    private final Function<Plan, RowBatch> compute;
    private final Map<String, RowBatch> keys = new HashMap<>();

    private WantedKeys(Catalog catalog, Function<Plan, RowBatch> compute) {
        this.catalog = catalog;
        this.compute = compute;
    }

    /**
     * Returns the keys by the ids of their scans: one row each, of the columns of the primary key in its order.
     *
     * @param compute gives the rows of a plan without scans
     */
    static Map<String, RowBatch> of(Plan plan, Catalog catalog, Function<Plan, RowBatch> compute) {
        WantedKeys wanted = new WantedKeys(catalog, compute);
        wanted.collect(plan.root());
        return wanted.keys;
    }

    private void collect(PlanNode node) {
        if (node instanceof PlanNode.Filter filter && filter.input() instanceof PlanNode.Scan scan) {
            TableDefinition table = catalog.table(scan.stream());
            if (table != null && !table.key().isEmpty()) {
                add(filter.condition(), scan, table);
            }
        }
        node.inputs().forEach(this::collect);
    }

    private void add(Expression condition, PlanNode.Scan scan, TableDefinition table) {
        Map<String, Expression> equal = new HashMap<>();
        parts(condition).forEach(part -> equality(part, scan.rowType(), equal));
        List<Expression> values = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int place : table.key()) {
            Field field = table.columns().field(place);
            Expression value = equal.get(field.name());
            if (value == null || !alike(value.type(), field.type())) {
                return;
            }
            values.add(value);
            fields.add(Field.nullable(field.name(), field.type()));
        }
        RowType type = new RowType(fields);
        try {
            keys.put(scan.id(), compute.apply(new Plan(new PlanNode.Values("key", type, List.of(values)), false, -1)));
        } catch (MillraceException e) {
            // A value that cannot be computed is for the filter to tell of, where there is a row to be tested.
        }
    }

    private static Stream<Expression> parts(Expression condition) {
        return condition instanceof Call call && call.function() == ScalarFunction.AND
                ? call.arguments().stream().flatMap(WantedKeys::parts)
                : Stream.of(condition);
    }

    private static void equality(Expression part, RowType row, Map<String, Expression> equal) {
        if (part instanceof Call call && call.function() == ScalarFunction.EQUAL) {
            Expression left = call.arguments().get(0);
            Expression right = call.arguments().get(1);
            put(left, right, row, equal);
            put(right, left, row, equal);
        }
    }

    private static void put(Expression column, Expression value, RowType row, Map<String, Expression> equal) {
        if (column instanceof Column c && constant(value)) {
            equal.putIfAbsent(row.field(c.index()).name(), value);
        }
    }

    /** Returns whether an expression is the same for all rows. */
    static boolean constant(Expression value) {
        return switch (value) {
            case Expression.Literal literal -> true;
            case Expression.Parameter parameter -> true;
            case Expression.Cast cast -> constant(cast.operand());
            default -> false;
        };
    }

    /** Returns whether equal values of the types are stored alike. */
    private static boolean alike(DataType value, DataType column) {
        return value.equals(column)
                || (value instanceof CharacterType v && column instanceof CharacterType c && !v.fixed() && !c.fixed());
    }

    /** Returns whether a key has NULL in it, which is equal to nothing. */
    static boolean hasNull(RowBatch key) {
        for (int i = 0; i < key.columnCount(); i++) {
            if (key.column(i).isNull(0)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the key of a scan, or null where all rows are to be read. */
    static @Nullable RowBatch find(Map<String, RowBatch> keys, PlanNode.Scan scan) {
        RowBatch key = keys.get(scan.id());
        return key == null || key.size() != 1 || hasNull(key) ? null : key;
    }
}
