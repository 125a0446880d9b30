package io.millrace.sql.validate;

import io.millrace.sql.function.ArrayFunctions;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * {@code ARRAY[]::INTEGER[]}: the type of an array without elements comes from the cast around it.
 *
 * <pre>
 *   CAST(ARRAY[] AS INTEGER ARRAY)      EMPTY_ARRAY(CAST(NULL AS INTEGER ARRAY))
 * </pre>
 */
final class EmptyArrays {

    private EmptyArrays() {}

    static SqlNode replace(SqlNode query) {
        SqlNode result = query.accept(new SqlShuttle() {
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                return isCastOfNone(call) ? typed(call) : super.visit(call);
            }
        });
        return result == null ? query : result;
    }

    private static boolean isCastOfNone(SqlCall call) {
        return call.getKind() == SqlKind.CAST
                && call.operandCount() == 2
                && call.operand(1) instanceof SqlDataTypeSpec
                && call.operand(0) instanceof SqlCall array
                && array.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR
                && array.operandCount() == 0;
    }

    private static SqlCall typed(SqlCall cast) {
        SqlParserPos pos = cast.getParserPosition();
        SqlCall none = SqlStdOperatorTable.CAST.createCall(pos, SqlLiteral.createNull(pos), cast.operand(1));
        return ArrayFunctions.EMPTY.createCall(pos, none);
    }
}
