package io.millrace.sql.validate;

import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.parser.tree.MillraceClauses;
import java.math.BigDecimal;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * The first rows, and those that share the place of the last of them.
 *
 * <pre>
 *   SELECT a FROM s ORDER BY b FETCH FIRST 3 ROWS WITH TIES
 *     SELECT a FROM s QUALIFY RANK() OVER (ORDER BY b) &lt;= 3 ORDER BY b
 * </pre>
 */
final class WithTies {

    private final boolean endless;

    private WithTies(boolean endless) {
        this.endless = endless;
    }

    static SqlNode replace(SqlNode query, boolean endless) {
        WithTies ties = new WithTies(endless);
        SqlNode result = query.accept(new SqlShuttle() {
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                boolean asked =
                        call instanceof SqlOrderBy order && MillraceClauses.is(order.fetch, MillraceClauses.WITH_TIES);
                return super.visit(asked ? ties.ranked((SqlOrderBy) call) : call);
            }
        });
        return result == null ? query : result;
    }

    private SqlCall ranked(SqlOrderBy order) {
        SqlCall fetch = (SqlCall) java.util.Objects.requireNonNull(order.fetch);
        SqlParserPos pos = fetch.getParserPosition();
        if (order.orderList.isEmpty()) {
            throw SqlErrors.invalid(
                    "WITH TIES needs an ORDER BY", "write ORDER BY before it, or ROWS ONLY in its place", pos);
        }
        if (!(order.query instanceof SqlSelect select) || select.isDistinct() || select.getQualify() != null) {
            throw SqlErrors.unsupported(
                    "WITH TIES behind DISTINCT, QUALIFY, UNION and the like is not supported",
                    "put the query into a subquery: SELECT * FROM (…) ORDER BY … FETCH FIRST … WITH TIES",
                    pos);
        }
        OrderItems items = new OrderItems(select);
        SqlNodeList keys = new SqlNodeList(order.orderList.getParserPosition());
        OrderByAll.expanded(order.orderList, select).forEach(item -> keys.add(items.redirected(item)));
        SqlNode last =
                SqlLiteral.createExactNumeric(last(order, fetch.operand(0)).toPlainString(), pos);
        select.setQualify(SqlStdOperatorTable.LESS_THAN_OR_EQUAL.createCall(
                pos, OrderItems.over(SqlStdOperatorTable.RANK, SqlNodeList.EMPTY, keys), last));
        if (endless && order.offset == null) {
            // There is no other order in a query that goes on.
            return select;
        }
        return new SqlOrderBy(order.getParserPosition(), select, order.orderList, order.offset, null);
    }

    private static BigDecimal last(SqlOrderBy order, SqlNode rows) {
        return number(rows).add(order.offset == null ? BigDecimal.ZERO : number(order.offset));
    }

    private static BigDecimal number(SqlNode count) {
        BigDecimal number = count instanceof SqlNumericLiteral literal ? literal.bigDecimalValue() : null;
        if (number == null || number.signum() < 0 || number.stripTrailingZeros().scale() > 0) {
            throw SqlErrors.unsupported(
                    "a number of rows WITH TIES that is not a whole number in the statement is not supported",
                    "write the number into the statement",
                    count.getParserPosition());
        }
        return number;
    }
}
