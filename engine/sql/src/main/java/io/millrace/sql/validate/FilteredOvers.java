package io.millrace.sql.validate;

import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.function.AggregateFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * FILTER with OVER, of aggregates that pass over NULL.
 *
 * <pre>
 *   SUM(a) FILTER (WHERE b &gt; 1) OVER w      SUM(CASE WHEN b &gt; 1 THEN a END) OVER w
 *   COUNT(*) FILTER (WHERE b &gt; 1) OVER w    COUNT(CASE WHEN b &gt; 1 THEN 1 END) OVER w
 * </pre>
 */
final class FilteredOvers {

    /** Functions that also count NULL, or are no aggregates. */
    private static final Set<String> OTHERS =
            Set.of("ARRAY_AGG", "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE", "SINGLE_VALUE");

    private FilteredOvers() {}

    static SqlNode replace(SqlNode query) {
        SqlNode result = query.accept(new SqlShuttle() {
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                boolean filtered = call.getKind() == SqlKind.OVER
                        && call.operand(0) instanceof SqlCall of
                        && of.getKind() == SqlKind.FILTER;
                return super.visit(filtered ? cased(call) : call);
            }
        });
        return result == null ? query : result;
    }

    private static SqlCall cased(SqlCall over) {
        SqlCall filter = over.operand(0);
        SqlCall call = filter.operand(0);
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        if (!AggregateFunctions.isName(name) || OTHERS.contains(name)) {
            throw SqlErrors.unsupported(
                    "FILTER with OVER is not supported for " + name,
                    "use CASE in its argument, or filter the rows in a subquery in FROM",
                    filter.getParserPosition());
        }
        List<SqlNode> operands = new ArrayList<>();
        boolean constant = call.getOperandList().stream().allMatch(SqlLiteral.class::isInstance);
        for (SqlNode operand : call.getOperandList()) {
            boolean value = (constant && operands.isEmpty()) || !(operand instanceof SqlLiteral);
            operands.add(value ? cased(filter.operand(1), operand) : operand);
        }
        if (operands.isEmpty()) {
            operands.add(cased(filter.operand(1), SqlIdentifier.star(SqlParserPos.ZERO)));
        }
        SqlCall plain = call.getOperator()
                .createCall(call.getFunctionQuantifier(), call.getParserPosition(), operands.toArray(new SqlNode[0]));
        return SqlStdOperatorTable.OVER.createCall(over.getParserPosition(), plain, over.operand(1));
    }

    private static SqlNode cased(SqlNode condition, SqlNode value) {
        SqlParserPos pos = value.getParserPosition();
        boolean star = value instanceof SqlIdentifier id && id.isStar();
        SqlNode then = star ? SqlLiteral.createExactNumeric("1", pos) : value;
        return new SqlCase(
                pos, null, SqlNodeList.of(SqlNode.clone(condition)), SqlNodeList.of(then), SqlLiteral.createNull(pos));
    }
}
