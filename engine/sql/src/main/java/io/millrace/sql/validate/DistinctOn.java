package io.millrace.sql.validate;

import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.parser.tree.MillraceClauses;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
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

    private DistinctOn(SqlSelect select, SqlCall on) {
        this.select = select;
        this.on = on;
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
        List<SqlNode> keys = on.getOperandList().stream().map(this::meant).toList();
        List<SqlNode> inner = new ArrayList<>();
        int place = 0;
        for (SqlNode item : order) {
            boolean key = contains(keys, meant(direct(item)));
            if (place++ < keys.size() && !key) {
                throw SqlErrors.invalid(
                        "SELECT DISTINCT ON expressions must match initial ORDER BY expressions",
                        "begin ORDER BY with the expressions of DISTINCT ON; those behind them say which row is first",
                        item.getParserPosition());
            }
            if (!key) {
                inner.add(redirected(item));
            }
        }
        if (inner.isEmpty()) {
            inner.add(keys.getFirst());
        }
        SqlNode window = SqlWindow.create(
                null,
                null,
                new SqlNodeList(keys, pos),
                new SqlNodeList(inner, pos),
                SqlLiteral.createBoolean(false, pos),
                null,
                null,
                null,
                SqlWindow.createExcludeNoOthers(pos),
                pos);
        SqlNode number =
                SqlStdOperatorTable.OVER.createCall(pos, SqlStdOperatorTable.ROW_NUMBER.createCall(pos), window);
        select.setQualify(SqlStdOperatorTable.EQUALS.createCall(pos, number, SqlLiteral.createExactNumeric("1", pos)));
    }

    private static boolean contains(List<SqlNode> keys, SqlNode expression) {
        return keys.stream().anyMatch(key -> key.equalsDeep(expression, Litmus.IGNORE));
    }

    private static boolean directs(SqlNode item) {
        return item.getKind() == SqlKind.DESCENDING
                || item.getKind() == SqlKind.NULLS_FIRST
                || item.getKind() == SqlKind.NULLS_LAST;
    }

    private static SqlNode direct(SqlNode item) {
        return directs(item) ? direct(((SqlCall) item).operand(0)) : item;
    }

    private SqlNode redirected(SqlNode item) {
        if (!directs(item)) {
            return meant(item);
        }
        SqlCall call = (SqlCall) item;
        return call.getOperator().createCall(call.getParserPosition(), redirected(call.operand(0)));
    }

    /** Returns what a number or the name of a column of the result stands for, and another expression as it is. */
    private SqlNode meant(SqlNode expression) {
        if (expression instanceof SqlNumericLiteral number && number.isInteger()) {
            int place = number.intValue(true) - 1;
            List<SqlNode> items = select.getSelectList().getList();
            if (place >= 0 && place < items.size() && items.stream().noneMatch(Stars::is)) {
                return value(items.get(place));
            }
            throw SqlErrors.invalid(
                    "no column " + number + " in SELECT, or a star before it",
                    "write the expression",
                    number.getParserPosition());
        }
        if (expression instanceof SqlIdentifier name && name.isSimple()) {
            for (SqlNode item : select.getSelectList()) {
                if (item.getKind() == SqlKind.AS
                        && ((SqlIdentifier) ((SqlCall) item).operand(1))
                                .getSimple()
                                .equalsIgnoreCase(name.getSimple())) {
                    return value(item);
                }
            }
        }
        return expression;
    }

    private static SqlNode value(SqlNode item) {
        return item.getKind() == SqlKind.AS ? Objects.requireNonNull(((SqlCall) item).operand(0)) : item;
    }
}
