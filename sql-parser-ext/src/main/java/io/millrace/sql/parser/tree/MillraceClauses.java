package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Clauses for which Calcite's tree has no place. They stand in it as calls of functions that there are not, until the
 * rest of the query is known.
 *
 * <pre>
 *   SELECT DISTINCT ON (a) b FROM s      SELECT b FROM s QUALIFY DISTINCT_ON(a)
 *   SELECT a, COUNT(*) … GROUP BY ALL    SELECT a, COUNT(*) … GROUP BY GROUP_BY_ALL()
 *   SELECT a … ORDER BY ALL              SELECT a … ORDER BY ORDER_BY_ALL()
 *   … FETCH FIRST 3 ROWS WITH TIES       … FETCH FIRST WITH_TIES(3) ROWS ONLY
 *   FROM f(a) WITH ORDINALITY            FROM WITH_ORDINALITY(f(a))
 *   … GROUPS 2 PRECEDING                 … ROWS "$GROUPS"(2) PRECEDING
 * </pre>
 */
public final class MillraceClauses {

    public static final String DISTINCT_ON = "DISTINCT_ON";
    public static final String GROUP_BY_ALL = "GROUP_BY_ALL";
    public static final String ORDER_BY_ALL = "ORDER_BY_ALL";
    public static final String WITH_TIES = "WITH_TIES";
    public static final String WITH_ORDINALITY = "WITH_ORDINALITY";

    /** Marks a distance as one of groups of rows with the same order keys. */
    public static final String GROUPS = "$GROUPS";

    /** Marks the end of a frame of RANGE as the row itself, whichever others have its order key. */
    public static final String WITH_ROW = "$WITH_ROW";

    private MillraceClauses() {}

    /** Returns a QUALIFY with DISTINCT ON beside it, where there is one. */
    public static @Nullable SqlNode distinctOn(@Nullable SqlNodeList keys, @Nullable SqlNode qualify) {
        if (keys == null) {
            return qualify;
        }
        SqlCall call = call(DISTINCT_ON, keys.getList(), keys.getParserPosition());
        return qualify == null ? call : SqlStdOperatorTable.AND.createCall(keys.getParserPosition(), qualify, call);
    }

    public static SqlNode groupByAll(SqlParserPos pos) {
        return call(GROUP_BY_ALL, List.of(), pos);
    }

    public static SqlNode orderByAll(SqlParserPos pos) {
        return call(ORDER_BY_ALL, List.of(), pos);
    }

    /** Returns a number of rows that those count to that share the last one's place. */
    public static SqlNode withTies(SqlNode rows, SqlParserPos pos) {
        return call(WITH_TIES, List.of(rows), pos);
    }

    /** Returns rows of a function in FROM with their places behind them. */
    public static SqlNode withOrdinality(SqlNode rows, SqlParserPos pos) {
        return call(WITH_ORDINALITY, List.of(rows), pos);
    }

    /** Returns whether a node stands for one of these clauses. */
    public static boolean is(@Nullable SqlNode node, String clause) {
        return node instanceof SqlCall call && call.getOperator().getName().equalsIgnoreCase(clause);
    }

    private static SqlCall call(String name, List<? extends SqlNode> operands, SqlParserPos pos) {
        return new SqlUnresolvedFunction(
                        new SqlIdentifier(name, pos), null, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION)
                .createCall(pos, operands);
    }

    /** Returns whether a frame of RANGE counts no distance and has several keys, which Calcite refuses: as GROUPS it is the same. */
    public static boolean goesByGroups(
            SqlLiteral rows, SqlNodeList order, @Nullable SqlNode lower, @Nullable SqlNode upper) {
        return !rows.booleanValue() && order.size() > 1 && lower != null && !counts(lower) && !counts(upper);
    }

    private static boolean counts(@Nullable SqlNode edge) {
        return edge != null && (edge.getKind() == SqlKind.PRECEDING || edge.getKind() == SqlKind.FOLLOWING);
    }

    /** Returns the start of a frame of GROUPS. */
    public static @Nullable SqlNode startOfGroups(@Nullable SqlNode edge) {
        return edge != null && SqlWindow.isCurrentRow(edge)
                ? SqlWindow.createPreceding(groups(zero(edge)), edge.getParserPosition())
                : ofGroups(edge);
    }

    /** Returns the end of a frame of RANGE that is the row itself. */
    public static SqlNode endWithRow(SqlParserPos pos) {
        SqlNode none = SqlLiteral.createInterval(1, "0", new SqlIntervalQualifier(TimeUnit.SECOND, null, pos), pos);
        return SqlWindow.createFollowing(call(WITH_ROW, List.of(none), pos), pos);
    }

    /** Returns the end of one. */
    public static @Nullable SqlNode endOfGroups(@Nullable SqlNode edge) {
        return edge != null && SqlWindow.isCurrentRow(edge)
                ? SqlWindow.createFollowing(groups(zero(edge)), edge.getParserPosition())
                : ofGroups(edge);
    }

    private static SqlNode zero(SqlNode edge) {
        return SqlLiteral.createExactNumeric("0", edge.getParserPosition());
    }

    private static SqlNode groups(SqlNode distance) {
        return call(GROUPS, List.of(distance), distance.getParserPosition());
    }

    private static @Nullable SqlNode ofGroups(@Nullable SqlNode edge) {
        if (edge == null || !counts(edge)) {
            return edge;
        }
        SqlCall call = (SqlCall) edge;
        return call.getOperator().createCall(call.getParserPosition(), groups(call.operand(0)));
    }
}
