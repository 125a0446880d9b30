package io.millrace.sql.validate;

import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.parser.tree.MillraceClauses;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * DISTINCT ON as the first place of each.
 *
 * <pre>
 *   SELECT DISTINCT ON (a) a, b FROM s ORDER BY a, c DESC
 *     SELECT a, b FROM s QUALIFY ROW_NUMBER() OVER (PARTITION BY a ORDER BY c DESC) = 1 ORDER BY a, c DESC
 * </pre>
 *
 * <p>ORDER BY says which row is the first. A query that goes on has no other order, so it ends there.
 */
final class DistinctOn {

    private final SqlSelect select;
    private final SqlCall on;
    private final OrderItems items;

    private DistinctOn(SqlSelect select, SqlCall on) {
        this.select = select;
        this.on = on;
        this.items = new OrderItems(select);
    }

    static SqlNode replace(SqlNode query, boolean endless) {
        SqlNode result = query.accept(new SqlShuttle() {
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                if (call instanceof SqlOrderBy order && order.query instanceof SqlSelect select) {
                    DistinctOn found = find(select);
                    if (found != null) {
                        found.take(order.orderList);
                        if (endless && order.fetch == null && order.offset == null) {
                            order.orderList.clear();
                        }
                        return super.visit(order);
                    }
                }
                DistinctOn found = call instanceof SqlSelect select ? find(select) : null;
                if (found != null) {
                    found.take(SqlNodeList.EMPTY);
                }
                return super.visit(call);
            }
        });
        return result == null ? query : result;
    }

    private static @Nullable DistinctOn find(SqlSelect select) {
        if (!(select.getQualify() instanceof SqlCall qualify)) {
            return null;
        }
        if (isDistinctOn(qualify)) {
            return new DistinctOn(select, qualify);
        }
        if (qualify.getKind() == SqlKind.AND
                && qualify.getOperandList().stream().anyMatch(DistinctOn::isDistinctOn)) {
            throw SqlErrors.unsupported(
                    "QUALIFY beside DISTINCT ON is not supported",
                    "put one of them into a subquery in FROM",
                    qualify.getParserPosition());
        }
        return null;
    }

    private static boolean isDistinctOn(@Nullable SqlNode node) {
        return node instanceof SqlCall call
                && call.getOperator().getName().equalsIgnoreCase(MillraceClauses.DISTINCT_ON);
    }

    private void take(SqlNodeList order) {
        SqlParserPos pos = on.getParserPosition();
        List<SqlNode> keys = on.getOperandList().stream().map(items::meant).toList();
        List<SqlNode> inner = new ArrayList<>();
        int place = 0;
        for (SqlNode item : OrderByAll.expanded(order, select)) {
            boolean key = contains(keys, items.meant(OrderItems.direct(item)));
            if (place++ < keys.size() && !key) {
                throw SqlErrors.invalid(
                        "SELECT DISTINCT ON expressions must match initial ORDER BY expressions",
                        "begin ORDER BY with the expressions of DISTINCT ON; those behind them say which row is first",
                        item.getParserPosition());
            }
            if (!key) {
                inner.add(items.redirected(item));
            }
        }
        if (inner.isEmpty()) {
            inner.add(keys.getFirst());
        }
        SqlNode number = OrderItems.over(
                SqlStdOperatorTable.ROW_NUMBER, new SqlNodeList(keys, pos), new SqlNodeList(inner, pos));
        select.setQualify(SqlStdOperatorTable.EQUALS.createCall(pos, number, SqlLiteral.createExactNumeric("1", pos)));
    }

    private static boolean contains(List<SqlNode> keys, SqlNode expression) {
        return keys.stream().anyMatch(key -> key.equalsDeep(expression, Litmus.IGNORE));
    }
}
