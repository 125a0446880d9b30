package io.millrace.sql.system.query;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.type.DataType;
import io.millrace.sql.label.Labels;
import io.millrace.sql.system.query.TableFunctions.TableFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/** Compiles one SELECT. */
final class SelectCompiler {

    private final SqlSelect select;
    private final QueryCompiler queries;
    private final Scope scope;
    private final Windows windows = new Windows();
    private final ExpressionCompiler expressions;
    private final List<SelectQuery.Item> items = new ArrayList<>();

    SelectCompiler(SqlSelect select, @Nullable Scope outer, QueryCompiler queries) {
        this.select = select;
        this.queries = queries;
        this.scope = new Scope(outer);
        this.expressions = new ExpressionCompiler(scope, queries, windows);
    }

    Query compile(Iterable<? extends SqlNode> order) {
        if (select.getQualify() != null || !select.getWindowList().isEmpty()) {
            throw Failures.unsupported(select, "QUALIFY or WINDOW");
        }
        SqlNode from = select.getFrom();
        FromCompiler.Part part = from == null ? null : new FromCompiler(scope, queries).compile(from);
        List<Conjunct> conditions = Conjunct.split(select.getWhere(), expressions);
        RowPlan plan = part == null ? oneRow(conditions) : JoinPlanner.plan(part, conditions);
        select.getSelectList().forEach(this::item);
        List<Expression> keys = new ArrayList<>();
        if (select.getGroup() != null) {
            select.getGroup().forEach(key -> keys.add(outputOr(key)));
        }
        Expression having = select.getHaving() == null ? null : expressions.compile(select.getHaving());
        List<Ordering> orderings = new ArrayList<>();
        order.forEach(key -> orderings.add(Orderings.of(key, this::outputOr)));
        boolean grouped = select.getGroup() != null || having != null || aggregates(order);
        return new SelectQuery(plan, scope, windows, grouped, keys, having, items, orderings, select.isDistinct());
    }

    private static RowPlan oneRow(List<Conjunct> conditions) {
        ScanPlan.Source source = frame -> {
            List<@Nullable Object[]> rows = new ArrayList<>();
            rows.add(new @Nullable Object[0]);
            return rows;
        };
        return new ScanPlan(source, 0, 0, false, conditions);
    }

    private boolean aggregates(Iterable<? extends SqlNode> order) {
        for (SqlNode item : select.getSelectList()) {
            if (AggregateCompiler.within(item)) {
                return true;
            }
        }
        for (SqlNode key : order) {
            if (AggregateCompiler.within(key)) {
                return true;
            }
        }
        return false;
    }

    private void item(SqlNode node) {
        if (node instanceof SqlIdentifier identifier && identifier.isStar()) {
            star(identifier);
            return;
        }
        SqlNode value = node.getKind() == SqlKind.AS ? ((SqlCall) node).operand(0) : node;
        String name = node.getKind() == SqlKind.AS
                ? ((SqlIdentifier) ((SqlCall) node).operand(1)).getSimple()
                : Labels.of(value);
        items.add(item(value, name));
    }

    private SelectQuery.Item item(SqlNode value, String name) {
        if (tableFunction(value)) {
            return rows((SqlCall) value, name);
        }
        if (value.getKind() == SqlKind.DOT && tableFunction(((SqlCall) value).operand(0))) {
            return field(rows(((SqlCall) value).operand(0), name), ((SqlCall) value).operand(1));
        }
        return single(name, expressions.compile(value));
    }

    /** One field of each row of a function: {@code (f(x)).n}. */
    private static SelectQuery.Item field(SelectQuery.Item rows, SqlIdentifier field) {
        String name = field.getSimple().toLowerCase(Locale.ROOT);
        Expression values = new Expression(DataType.INTEGER, frame -> {
            List<@Nullable Object> fields = new ArrayList<>();
            if (rows.expression().value(frame) instanceof List<?> list) {
                list.forEach(row -> fields.add(row instanceof Map<?, ?> map ? map.get(name) : null));
            }
            return fields;
        });
        return new SelectQuery.Item(rows.name(), values, true);
    }

    private static SelectQuery.Item single(String name, Expression expression) {
        return new SelectQuery.Item(name, expression, false);
    }

    private void star(SqlIdentifier star) {
        String table = star.names.size() > 1 ? star.names.get(star.names.size() - 2) : null;
        if (table != null && !scope.knowsTable(table)) {
            throw Failures.at(
                    star, ErrorCode.UNDEFINED_NAME, "missing FROM-clause entry for table \"" + table + "\"", null);
        }
        scope.columnsOf(table).forEach(column -> items.add(single(column.name(), Scope.read(column, 0))));
    }

    private static boolean tableFunction(SqlNode node) {
        return node instanceof SqlCall call
                && call.getOperator() instanceof SqlFunction
                && TableFunctions.find(ExpressionCompiler.functionName(call)) != null;
    }

    /** A function of many rows in the SELECT list: its value is the list of what each row gives. */
    private SelectQuery.Item rows(SqlCall call, String name) {
        TableFunction function =
                java.util.Objects.requireNonNull(TableFunctions.find(ExpressionCompiler.functionName(call)));
        List<Expression> arguments = expressions.compileAll(call.getOperandList());
        List<String> columns = function.columns();
        DataType type = columns.size() == 1 ? function.type().of(arguments, 0) : DataType.VARCHAR;
        Expression rows = new Expression(type, frame -> {
            List<@Nullable Object> values = new ArrayList<>();
            function.rows()
                    .of(FromCompiler.evaluate(arguments, frame))
                    .forEach(row -> values.add(columns.size() == 1 ? row[0] : Records.of(columns, row)));
            return values;
        });
        return new SelectQuery.Item(name, rows, true);
    }

    /** Compiles a key of GROUP BY or ORDER BY: a place or a name in the SELECT list, or any expression. */
    private Expression outputOr(SqlNode node) {
        int ordinal = ordinal(node);
        if (ordinal > items.size()) {
            throw Failures.at(
                    node, ErrorCode.INVALID_STATEMENT, "position " + ordinal + " is not in the select list", null);
        }
        if (ordinal > 0) {
            return items.get(ordinal - 1).expression();
        }
        if (node instanceof SqlIdentifier identifier && identifier.isSimple()) {
            for (SelectQuery.Item item : items) {
                if (item.name().equalsIgnoreCase(identifier.getSimple())) {
                    return item.expression();
                }
            }
        }
        return expressions.compile(node);
    }

    /** Returns the place in the SELECT list that a whole number means, or 0. */
    static int ordinal(SqlNode node) {
        return node instanceof SqlNumericLiteral literal && literal.isInteger() ? literal.intValue(true) : 0;
    }
}
