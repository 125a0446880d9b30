package io.millrace.sql.validate;

import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.parser.tree.MillraceClauses;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;

/** ORDER BY ALL: by each column of SELECT, in their order. */
final class OrderByAll {

    private OrderByAll() {}

    static boolean is(SqlNode item) {
        return MillraceClauses.is(OrderItems.direct(item), MillraceClauses.ORDER_BY_ALL);
    }

    /** Returns the places of so many columns in the place of ALL, each in its direction. */
    static SqlNodeList places(SqlNodeList order, int columns) {
        SqlNodeList places = new SqlNodeList(order.getParserPosition());
        for (SqlNode item : order) {
            for (int column = 1; column <= columns && is(item); column++) {
                places.add(place(item, column));
            }
            if (!is(item)) {
                places.add(item);
            }
        }
        return places;
    }

    /** Returns the items of a SELECT in the place of ALL, which has no star. */
    static SqlNodeList expanded(SqlNodeList order, SqlSelect select) {
        if (order.stream().noneMatch(OrderByAll::is)) {
            return order;
        }
        for (SqlNode item : select.getSelectList()) {
            if (Stars.is(item)) {
                throw SqlErrors.unsupported(
                        "ORDER BY ALL of a star together with WITH TIES or DISTINCT ON is not supported",
                        "name the columns in SELECT, or write what to order by",
                        order.getParserPosition());
            }
        }
        return places(order, select.getSelectList().size());
    }

    private static SqlNode place(SqlNode item, int column) {
        if (MillraceClauses.is(item, MillraceClauses.ORDER_BY_ALL)) {
            return SqlLiteral.createExactNumeric(Integer.toString(column), item.getParserPosition());
        }
        SqlCall directed = (SqlCall) item;
        return directed.getOperator().createCall(directed.getParserPosition(), place(directed.operand(0), column));
    }
}
