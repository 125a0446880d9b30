package io.millrace.sql.system.query;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.jspecify.annotations.Nullable;

/** Compiles queries. For one thread and one statement. */
final class QueryCompiler {

    private final Parameters parameters;
    private final @Nullable QueryCompiler around;
    private final Map<String, Query> commonTables = new HashMap<>();

    QueryCompiler(Parameters parameters) {
        this(parameters, null);
    }

    private QueryCompiler(Parameters parameters, @Nullable QueryCompiler around) {
        this.parameters = parameters;
        this.around = around;
    }

    Parameters parameters() {
        return parameters;
    }

    /** Returns the query that WITH gives this name, or null. */
    @Nullable
    Query commonTable(String name) {
        Query own = commonTables.get(name.toLowerCase(Locale.ROOT));
        return own != null || around == null ? own : around.commonTable(name);
    }

    Query compile(SqlNode node, @Nullable Scope outer) {
        return switch (node.getKind()) {
            case SELECT -> new SelectCompiler((SqlSelect) node, outer, this).compile(List.of());
            case UNION, INTERSECT, EXCEPT -> set((SqlCall) node, outer);
            case VALUES -> values((SqlCall) node, outer);
            case ORDER_BY -> ordered((SqlOrderBy) node, outer);
            case WITH -> with((SqlWith) node, SqlNodeList.EMPTY, outer);
            case EXPLICIT_TABLE -> throw Failures.unsupported(node, "TABLE");
            default -> throw Failures.unsupported(node, "this statement");
        };
    }

    /** @param order what its SELECT is to be ordered by */
    private Query with(SqlWith with, SqlNodeList order, @Nullable Scope outer) {
        QueryCompiler inner = new QueryCompiler(parameters, this);
        for (SqlNode node : with.withList) {
            SqlWithItem item = (SqlWithItem) node;
            boolean recursive = item.recursive.booleanValue() && item.query.getKind() == SqlKind.UNION;
            Query query = recursive
                    ? inner.recursive(item, (SqlCall) item.query, outer)
                    : renamed(inner.compile(item.query, outer), item);
            inner.commonTables.put(key(item), query);
        }
        return with.body instanceof SqlSelect select
                ? new SelectCompiler(select, outer, inner).compile(order)
                : inner.compile(with.body, outer);
    }

    private static String key(SqlWithItem item) {
        return item.name.getSimple().toLowerCase(Locale.ROOT);
    }

    private static Query renamed(Query query, SqlWithItem item) {
        return item.columnList == null
                ? query
                : new RenamedQuery(
                        query,
                        item.columnList.stream()
                                .map(name -> ((SqlIdentifier) name).getSimple())
                                .toList());
    }

    private Query recursive(SqlWithItem item, SqlCall union, @Nullable Scope outer) {
        Query first = renamed(compile(union.operand(0), outer), item);
        WorkingTable found = new WorkingTable(first.columns());
        commonTables.put(key(item), found);
        Query again = compile(union.operand(1), outer);
        checkWidth(union, first, again);
        return new RecursiveQuery(first, again, ((SqlSetOperator) union.getOperator()).isAll(), found);
    }

    private Query set(SqlCall call, @Nullable Scope outer) {
        Query left = compile(call.operand(0), outer);
        Query right = compile(call.operand(1), outer);
        checkWidth(call, left, right);
        boolean all = ((SqlSetOperator) call.getOperator()).isAll();
        return new SetQuery(call.getKind(), all, left, right);
    }

    private static void checkWidth(SqlCall call, Query left, Query right) {
        if (left.columns().size() != right.columns().size()) {
            throw Failures.at(
                    call,
                    ErrorCode.INVALID_STATEMENT,
                    "each " + call.getKind() + " query must have the same number of columns",
                    null);
        }
    }

    private Query values(SqlCall call, @Nullable Scope outer) {
        ExpressionCompiler expressions = new ExpressionCompiler(new Scope(outer), this, null);
        List<List<Expression>> rows = new ArrayList<>();
        for (SqlNode row : call.getOperandList()) {
            rows.add(expressions.compileAll(
                    row.getKind() == SqlKind.ROW ? ((SqlCall) row).getOperandList() : List.of(row)));
        }
        return ValuesQuery.of(rows);
    }

    private Query ordered(SqlOrderBy order, @Nullable Scope outer) {
        SqlNode body = order.query;
        Query query = switch (body) {
            case SqlSelect select -> new SelectCompiler(select, outer, this).compile(order.orderList);
            case SqlWith with when with.body instanceof SqlSelect -> with(with, order.orderList, outer);
            default -> sorted(compile(body, outer), order, outer);
        };
        Expression offset = limit(order.offset, outer);
        Expression fetch = limit(order.fetch, outer);
        return offset == null && fetch == null ? query : new LimitedQuery(query, offset, fetch);
    }

    private @Nullable Expression limit(@Nullable SqlNode node, @Nullable Scope outer) {
        if (node == null) {
            return null;
        }
        ExpressionCompiler expressions = new ExpressionCompiler(new Scope(outer), this, null);
        Expression limit = expressions.compile(node);
        expressions.infer(node, Expression.constant(DataType.BIGINT, 0L));
        return limit;
    }

    /** Sorts what is no SELECT: its keys can be its columns only. */
    private Query sorted(Query query, SqlOrderBy order, @Nullable Scope outer) {
        Scope scope = new Scope(outer);
        query.columns().forEach(column -> scope.add("", column.name(), column.type()));
        ExpressionCompiler expressions = new ExpressionCompiler(scope, this, null);
        List<Ordering> orderings = new ArrayList<>();
        for (SqlNode key : order.orderList) {
            orderings.add(Orderings.of(key, node -> {
                int ordinal = SelectCompiler.ordinal(node);
                return ordinal > 0 ? Scope.read(scope.columns().get(ordinal - 1), 0) : expressions.compile(node);
            }));
        }
        return new SortedQuery(query, orderings);
    }
}
