package io.millrace.sql.parser.tree;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code STEP(x BY y)}: a call of the function named STEP with the two as arguments. What it means is for the operator
 * table of whoever validates the tree to say.
 */
public final class SqlStep extends SqlUnresolvedFunction {

    private SqlStep(SqlIdentifier name) {
        super(name, null, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    /** Returns a call of the function. */
    public static SqlCall call(SqlParserPos pos, SqlNode value, SqlNode size) {
        return new SqlStep(new SqlIdentifier("STEP", pos)).createCall(pos, value, size);
    }

    @Override
    public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
        SqlWriter.Frame frame = writer.startFunCall("STEP");
        call.operand(0).unparse(writer, 0, 0);
        writer.keyword("BY");
        call.operand(1).unparse(writer, 0, 0);
        writer.endFunCall(frame);
    }
}
