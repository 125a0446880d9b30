package io.millrace.sql.validate;

import io.millrace.sql.error.SqlErrors;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What the items of a query's ORDER BY mean, to say it in an OVER of its SELECT. */
final class OrderItems {

    private final SqlSelect select;

    OrderItems(SqlSelect select) {
        this.select = select;
    }

    /** Returns a place by a partition and an order. */
    static SqlNode over(SqlOperator place, SqlNodeList partition, SqlNodeList order) {
        SqlParserPos pos = order.getParserPosition();
        SqlNode window = SqlWindow.create(
                null,
                null,
                partition,
                order,
                SqlLiteral.createBoolean(false, pos),
                null,
                null,
                null,
                SqlWindow.createExcludeNoOthers(pos),
                pos);
        return SqlStdOperatorTable.OVER.createCall(pos, place.createCall(pos), window);
    }

    private static boolean directs(SqlNode item) {
        return item.getKind() == SqlKind.DESCENDING
                || item.getKind() == SqlKind.NULLS_FIRST
                || item.getKind() == SqlKind.NULLS_LAST;
    }

    /** Returns what an item is ordered by, without its direction. */
    static SqlNode direct(SqlNode item) {
        return directs(item) ? direct(((SqlCall) item).operand(0)) : item;
    }

    /** Returns an item that says by what it is ordered in the words of the input. */
    SqlNode redirected(SqlNode item) {
        if (!directs(item)) {
            return meant(item);
        }
        SqlCall call = (SqlCall) item;
        return call.getOperator().createCall(call.getParserPosition(), redirected(call.operand(0)));
    }

    /** Returns what a number or the name of a column of the result stands for, and another expression as it is. */
    SqlNode meant(SqlNode expression) {
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
