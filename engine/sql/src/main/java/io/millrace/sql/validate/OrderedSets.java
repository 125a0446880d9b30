package io.millrace.sql.validate;

import io.millrace.sql.function.AggregateFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Makes what {@code PERCENTILE_CONT}, {@code PERCENTILE_DISC} and {@code MODE} order by their last argument. Calcite
 * has types of its own for them, and none together with FILTER.
 */
final class OrderedSets {

    private OrderedSets() {}

    static SqlNode replace(SqlNode query) {
        SqlNode result = query.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlCall call) {
                SqlNode visited = super.visit(call);
                return visited instanceof SqlCall group && group.getKind() == SqlKind.WITHIN_GROUP
                        ? plain(group)
                        : visited;
            }
        });
        return result == null ? query : result;
    }

    private static SqlNode plain(SqlCall group) {
        SqlNodeList order = group.operand(1);
        if (!(group.operand(0) instanceof SqlBasicCall call) || order.size() != 1) {
            return group;
        }
        SqlNode key = order.get(0);
        boolean descending = false;
        while (key instanceof SqlCall direction
                && (key.getKind() == SqlKind.DESCENDING
                        || key.getKind() == SqlKind.NULLS_FIRST
                        || key.getKind() == SqlKind.NULLS_LAST)) {
            descending |= key.getKind() == SqlKind.DESCENDING;
            key = direction.operand(0);
        }
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        SqlOperator own = AggregateFunctions.ofOrderedSet(name, descending);
        if (own == null) {
            return group;
        }
        List<SqlNode> operands = new ArrayList<>(call.getOperandList());
        operands.add(key);
        return own.createCall(call.getFunctionQuantifier(), call.getParserPosition(), operands);
    }
}
