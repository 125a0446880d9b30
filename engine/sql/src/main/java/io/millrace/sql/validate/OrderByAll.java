package io.millrace.sql.validate;

import io.millrace.sql.parser.tree.MillraceClauses;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

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

    private static SqlNode place(SqlNode item, int column) {
        if (MillraceClauses.is(item, MillraceClauses.ORDER_BY_ALL)) {
            return SqlLiteral.createExactNumeric(Integer.toString(column), item.getParserPosition());
        }
        SqlCall directed = (SqlCall) item;
        return directed.getOperator().createCall(directed.getParserPosition(), place(directed.operand(0), column));
    }
}
