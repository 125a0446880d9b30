package io.millrace.sql.validate;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * IGNORE NULLS of aggregates that give one of their values back, without OVER.
 *
 * <pre>
 *   FIRST_VALUE(a) IGNORE NULLS                          FIRST_VALUE(a) FILTER (WHERE a IS NOT NULL)
 *   LAST_VALUE(a) IGNORE NULLS FILTER (WHERE b &gt; 1)      LAST_VALUE(a) FILTER (WHERE b &gt; 1 AND a IS NOT NULL)
 * </pre>
 */
final class IgnoredNulls {

    private static final Set<String> FUNCTIONS = Set.of("FIRST_VALUE", "LAST_VALUE", "ANY_VALUE", "ARRAY_AGG");

    private IgnoredNulls() {}

    static SqlNode replace(SqlNode query) {
        SqlNode result = query.accept(new SqlShuttle() {
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                if (call.getKind() == SqlKind.OVER) {
                    return call; // a window's function knows the words itself
                }
                if (call.getKind() == SqlKind.FILTER && isIgnoring(call.operand(0))) {
                    return super.visit(filtered(call.operand(0), call.operand(1)));
                }
                return super.visit(isIgnoring(call) ? filtered(call, null) : call);
            }
        });
        return result == null ? query : result;
    }

    private static boolean isIgnoring(SqlNode node) {
        return node.getKind() == SqlKind.IGNORE_NULLS
                && ((SqlCall) node).operand(0) instanceof SqlCall call
                && call.operandCount() == 1
                && FUNCTIONS.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
    }

    private static SqlCall filtered(SqlCall ignoring, @Nullable SqlNode condition) {
        SqlParserPos pos = ignoring.getParserPosition();
        SqlCall call = ignoring.operand(0);
        SqlNode value = call.operand(0);
        SqlNode known = SqlStdOperatorTable.IS_NOT_NULL.createCall(pos, SqlNode.clone(value));
        SqlNode all = condition == null ? known : SqlStdOperatorTable.AND.createCall(pos, condition, known);
        return SqlStdOperatorTable.FILTER.createCall(pos, call, all);
    }
}
