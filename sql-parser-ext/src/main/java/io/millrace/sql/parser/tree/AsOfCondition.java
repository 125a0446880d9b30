package io.millrace.sql.parser.tree;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlAsofJoin;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * ASOF JOIN without a MATCH_CONDITION, which stands in ON then: the one comparison of order between two columns.
 *
 * <pre>
 *   a ASOF JOIN b ON a.k = b.k AND a.t &gt;= b.t      a ASOF JOIN b MATCH_CONDITION a.t &gt;= b.t ON a.k = b.k
 * </pre>
 */
public final class AsOfCondition {

    private AsOfCondition() {}

    /**
     * Returns the join with the comparison out of its condition.
     *
     * @throws io.millrace.spi.error.MillraceException where there is none, or another as well
     */
    public static SqlNode join(
            SqlNode left, SqlLiteral natural, SqlLiteral type, SqlNode right, SqlLiteral on, SqlNode condition) {
        List<SqlNode> conjuncts = new ArrayList<>();
        split(condition, conjuncts);
        List<SqlNode> orders =
                conjuncts.stream().filter(AsOfCondition::comparesColumns).toList();
        if (orders.size() != 1) {
            throw MillraceSyntax.asOfWithoutTime(orders.size(), condition.getParserPosition());
        }
        conjuncts.remove(orders.getFirst());
        SqlParserPos pos = condition.getParserPosition();
        SqlNode rest = conjuncts.stream()
                .reduce((a, b) -> SqlStdOperatorTable.AND.createCall(pos, a, b))
                .orElseGet(() -> SqlLiteral.createBoolean(true, pos));
        return new SqlAsofJoin(type.getParserPosition(), left, natural, type, right, on, rest, orders.getFirst());
    }

    /** Refuses an ASOF JOIN by names, of which none says that it is of the time. */
    public static void refuseWithout(SqlLiteral type, SqlParserPos pos) {
        JoinType join = type.getValueAs(JoinType.class);
        if (join == JoinType.ASOF || join == JoinType.LEFT_ASOF) {
            throw MillraceSyntax.asOfByNames(pos);
        }
    }

    private static void split(SqlNode condition, List<SqlNode> conjuncts) {
        if (condition instanceof SqlCall and && and.getKind() == SqlKind.AND) {
            and.getOperandList().forEach(operand -> split(operand, conjuncts));
        } else {
            conjuncts.add(condition);
        }
    }

    /** A comparison with a constant says nothing of how near a row is. */
    private static boolean comparesColumns(SqlNode condition) {
        return condition instanceof SqlCall call
                && switch (call.getKind()) {
                    case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                        call.getOperandList().stream().allMatch(operand -> operand.getKind() == SqlKind.IDENTIFIER);
                    default -> false;
                };
    }
}
