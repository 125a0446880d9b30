package io.millrace.sql.validate;

import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * {@code GROUP BY TUMBLE(time, size)} as Flink once had it: {@code STEP(time BY size)}, and likewise
 * TUMBLE_START and TUMBLE_END.
 */
final class LegacyWindows {

    private LegacyWindows() {}

    static SqlNode replace(SqlNode query) {
        SqlNode result = query.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlCall call) {
                return scalar(call) ? window(call) : super.visit(call);
            }
        });
        return result == null ? query : result;
    }

    private static boolean scalar(SqlCall call) {
        return call.operandCount() == 2
                && call.operand(1) instanceof SqlIntervalLiteral
                && call.operand(0) != null
                && !call.operand(0).isA(SqlKind.QUERY)
                && name(call).startsWith("TUMBLE");
    }

    private static SqlNode window(SqlCall call) {
        SqlNode start =
                io.millrace.sql.parser.tree.SqlStep.call(call.getParserPosition(), call.operand(0), call.operand(1));
        return switch (name(call)) {
            case "TUMBLE", "TUMBLE_START" -> start;
            case "TUMBLE_END" -> SqlStdOperatorTable.PLUS.createCall(call.getParserPosition(), start, call.operand(1));
            default -> call;
        };
    }

    private static String name(SqlCall call) {
        return call.getOperator().getName().replace("$", "").toUpperCase(Locale.ROOT);
    }
}
