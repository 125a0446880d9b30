package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnresolvedFunction;
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
 * </pre>
 */
public final class MillraceClauses {

    public static final String DISTINCT_ON = "DISTINCT_ON";
    public static final String GROUP_BY_ALL = "GROUP_BY_ALL";

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

    private static SqlCall call(String name, List<? extends SqlNode> operands, SqlParserPos pos) {
        return new SqlUnresolvedFunction(
                        new SqlIdentifier(name, pos), null, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION)
                .createCall(pos, operands);
    }

    /** Refuses a frame of GROUPS; where the grammar has it, it wants a value. */
    @SuppressWarnings("DoNotCallSuggester")
    public static SqlLiteral groupsFrame(SqlParserPos pos) {
        throw MillraceSyntax.groupsFrame(pos);
    }
}
