package io.millrace.sql.function;

import io.millrace.sql.parser.tree.MillraceClauses;
import java.util.List;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/** The functions that are used with OVER only. */
public final class OverFunctions {

    /** Marks the distance of a frame as one of groups. */
    public static final SqlOperator GROUPS = new SqlFunction(
            MillraceClauses.GROUPS,
            SqlKind.OTHER_FUNCTION,
            ReturnTypes.ARG0,
            null,
            OperandTypes.NUMERIC,
            SqlFunctionCategory.SYSTEM);

    /** Marks the end of a frame as the row itself. */
    public static final SqlOperator WITH_ROW = new SqlFunction(
            MillraceClauses.WITH_ROW,
            SqlKind.OTHER_FUNCTION,
            ReturnTypes.ARG0,
            null,
            OperandTypes.INTERVAL,
            SqlFunctionCategory.SYSTEM);

    static final List<SqlOperator> ALL = List.of(
            SqlStdOperatorTable.ROW_NUMBER,
            SqlStdOperatorTable.RANK,
            SqlStdOperatorTable.DENSE_RANK,
            SqlStdOperatorTable.PERCENT_RANK,
            SqlStdOperatorTable.CUME_DIST,
            SqlStdOperatorTable.NTILE,
            SqlStdOperatorTable.LAG,
            SqlStdOperatorTable.LEAD,
            SqlStdOperatorTable.NTH_VALUE,
            GROUPS,
            WITH_ROW);

    private OverFunctions() {}
}
