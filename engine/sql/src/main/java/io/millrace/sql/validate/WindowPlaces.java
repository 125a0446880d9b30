package io.millrace.sql.validate;

import io.millrace.spi.error.ErrorCode;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.error.UnknownNames;
import io.millrace.sql.function.WindowFunctions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Refuses windows where none can be: of a name that no window has, and outside of GROUP BY and FROM. */
final class WindowPlaces {

    private static final Set<SqlKind> OF_TABLES =
            Set.of(SqlKind.EXPLICIT_TABLE, SqlKind.SET_SEMANTICS_TABLE, SqlKind.DESCRIPTOR);

    private WindowPlaces() {}

    /** Refuses {@code TABLE(TUMBL(TABLE s, DESCRIPTOR(t), …))}: only windows take tables and columns. */
    static void checkName(SqlCall table) {
        if (table.operand(0) instanceof SqlCall function
                && !WindowFunctions.isName(function.getOperator().getName())
                && function.getOperandList().stream().anyMatch(WindowPlaces::ofTables)) {
            String name = function.getOperator().getName();
            List<String> windows =
                    WindowFunctions.ALL.stream().map(SqlOperator::getName).toList();
            throw SqlErrors.at(
                    ErrorCode.UNDEFINED_FUNCTION,
                    "no window function " + name,
                    UnknownNames.didYouMean(
                            name.toUpperCase(Locale.ROOT), windows, "there are: " + String.join(", ", windows)),
                    function.getParserPosition());
        }
    }

    private static boolean ofTables(SqlNode operand) {
        return operand instanceof SqlCall call
                && (OF_TABLES.contains(call.getKind())
                        || (call.getKind() == SqlKind.ARGUMENT_ASSIGNMENT && ofTables(call.operand(0)))
                        || (call.getKind() == SqlKind.SCALAR_QUERY && ofTables(call.operand(0))));
    }

    /** Refuses {@code SELECT TUMBLE(time, size)} of rows that nothing groups. */
    static void checkItems(SqlSelect select) {
        if (select.getGroup() != null) {
            return;
        }
        select.getSelectList().accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // the visitor's answer is not used
            public Void visit(SqlCall call) {
                if (call.getOperator().getName().replace("$", "").equalsIgnoreCase("TUMBLE")
                        && call.operandCount() == 2
                        && call.operand(1) instanceof SqlIntervalLiteral) {
                    throw SqlErrors.invalid(
                            "TUMBLE groups rows and stands in GROUP BY or FROM, and here is no GROUP BY",
                            "write STEP(time BY INTERVAL …) for the start of a row's window, or GROUP BY TUMBLE(…)",
                            call.getParserPosition());
                }
                return call instanceof SqlSelect || call.getKind() == SqlKind.OVER ? null : super.visit(call);
            }
        });
    }
}
