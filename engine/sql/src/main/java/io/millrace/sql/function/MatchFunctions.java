package io.millrace.sql.function;

import java.util.List;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlInternalOperator;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;

/** The functions that are used in MATCH_RECOGNIZE only. */
public final class MatchFunctions {

    /** The time of the current row, by the first order key. */
    public static final SqlFunction MATCH_ROWTIME = new SqlFunction(
            "MATCH_ROWTIME",
            SqlKind.OTHER_FUNCTION,
            ReturnTypes.explicit(SqlTypeName.TIMESTAMP, 6),
            null,
            OperandTypes.NILADIC,
            SqlFunctionCategory.MATCH_RECOGNIZE);

    /** The rows of a variable, whose name it takes as text: what stands for {@code A.*} in {@code COUNT(A.*)}. */
    public static final SqlOperator ROWS_OF = new SqlInternalOperator(
            "$MATCH_ROWS", SqlKind.OTHER, 100, true, ReturnTypes.BOOLEAN, null, OperandTypes.ANY);

    /** The variable of the last row of some variables, whose name it takes as text: what stands for {@code CLASSIFIER(a)}. */
    public static final SqlOperator CLASSIFIER_OF = new SqlInternalOperator(
            "$CLASSIFIER_OF",
            SqlKind.OTHER,
            100,
            true,
            ReturnTypes.explicit(SqlTypeName.VARCHAR),
            null,
            OperandTypes.ANY);

    static final List<SqlOperator> ALL = List.of(
            SqlStdOperatorTable.FIRST,
            SqlStdOperatorTable.LAST,
            SqlStdOperatorTable.PREV,
            SqlStdOperatorTable.NEXT,
            SqlStdOperatorTable.CLASSIFIER,
            SqlStdOperatorTable.MATCH_NUMBER,
            MATCH_ROWTIME,
            ROWS_OF,
            CLASSIFIER_OF,
            SqlStdOperatorTable.RUNNING,
            SqlStdOperatorTable.FINAL);

    private MatchFunctions() {}
}
