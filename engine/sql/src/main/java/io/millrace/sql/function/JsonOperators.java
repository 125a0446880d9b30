package io.millrace.sql.function;

import java.util.List;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;

/** Operators over JSON text and what makes it, beside JSON_VALUE and its kin. */
public final class JsonOperators {

    /** All of them. */
    public static final List<SqlOperator> ALL = List.of(
            step("->"),
            step("->>"),
            SqlBasicFunction.create("TO_JSON", Results.TEXT, OperandTypes.ANY),
            SqlBasicFunction.create("TO_JSONB", Results.TEXT, OperandTypes.ANY),
            SqlStdOperatorTable.JSON_OBJECT,
            SqlStdOperatorTable.JSON_ARRAY,
            SqlStdOperatorTable.IS_JSON_VALUE,
            SqlStdOperatorTable.IS_JSON_OBJECT,
            SqlStdOperatorTable.IS_JSON_ARRAY,
            SqlStdOperatorTable.IS_JSON_SCALAR,
            SqlStdOperatorTable.IS_NOT_JSON_VALUE,
            SqlStdOperatorTable.IS_NOT_JSON_OBJECT,
            SqlStdOperatorTable.IS_NOT_JSON_ARRAY,
            SqlStdOperatorTable.IS_NOT_JSON_SCALAR);

    private JsonOperators() {}

    /** PostgreSQL's operators are functions to the validator; the parser makes calls of them. */
    private static SqlFunction step(String sign) {
        return SqlBasicFunction.create(
                sign,
                Results.TEXT_OR_NULL,
                OperandTypes.or(
                        OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER),
                        OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.INTEGER)));
    }
}
