package io.millrace.sql.lower;

import io.millrace.sql.function.Builtins;
import io.millrace.sql.function.ComposedFunctions;
import io.millrace.sql.function.RegexFunctions;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/**
 * Calcite's translations of calls, but for those that would spell out what is one function here, in milliseconds or as
 * other aggregates, and for
 * functions of ours: Calcite would take one of the same name for its own.
 */
@SuppressWarnings("ReferenceEquality") // operators are constants
final class Convertlets implements SqlRexConvertletTable {

    @Override
    public SqlRexConvertlet get(SqlCall call) {
        SqlOperator operator = call.getOperator();
        if (operator == SqlStdOperatorTable.AVG
                || operator == SqlStdOperatorTable.TIMESTAMP_DIFF
                || operator == SqlStdOperatorTable.IS_DISTINCT_FROM
                || operator == SqlStdOperatorTable.IS_NOT_DISTINCT_FROM
                || ComposedFunctions.ALL.contains(operator)
                || RegexFunctions.ALL.contains(operator)
                || ArrayCalls.known(operator)
                || Builtins.find(operator) != null) {
            return Convertlets::asItIs;
        }
        return StandardConvertletTable.INSTANCE.get(call);
    }

    private static RexNode asItIs(SqlRexContext context, SqlCall call) {
        List<RexNode> operands = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            operands.add(
                    operand instanceof SqlIntervalQualifier unit
                            ? context.getRexBuilder().makeFlag(unitOf(unit))
                            : context.convertExpression(operand));
        }
        return context.getRexBuilder()
                .makeCall(
                        call.getParserPosition(),
                        context.getValidator().getValidatedNodeType(call),
                        call.getOperator(),
                        operands);
    }

    private static TimeUnit unitOf(SqlIntervalQualifier qualifier) {
        return qualifier.getUnit();
    }
}
