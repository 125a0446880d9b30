package io.millrace.sql.validate;

import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.function.WindowFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of window functions in FROM in their order, however they are written.
 *
 * <pre>
 *   TUMBLE(DATA =&gt; TABLE s, TIMECOL =&gt; DESCRIPTOR(t), SIZE =&gt; i)   TUMBLE(TABLE s, DESCRIPTOR(t), i)
 *   TUMBLE(s, t, i)                                              likewise
 * </pre>
 */
final class WindowParameters {

    private static final String DATA = "DATA";
    private static final String TIME = "TIMECOL";
    private static final String OFFSET = "OFFSET";

    private static final Map<String, List<String>> NAMES = Map.of(
            "TUMBLE", List.of(DATA, TIME, "SIZE", OFFSET),
            "HOP", List.of(DATA, TIME, "SLIDE", "SIZE", OFFSET),
            "CUMULATE", List.of(DATA, TIME, "STEP", "SIZE", OFFSET),
            "SESSION", List.of(DATA, TIME, "KEY", "GAP"));

    private static final Set<String> OPTIONAL = Set.of(OFFSET, "KEY");

    private WindowParameters() {}

    /** Returns a call in FROM with its arguments in their order; another call as it is. */
    static SqlCall inOrder(SqlCall table) {
        if (table.getKind() != SqlKind.COLLECTION_TABLE
                || !(table.operand(0) instanceof SqlCall function)
                || !WindowFunctions.isName(function.getOperator().getName())) {
            return table;
        }
        SqlCall ordered = function;
        if (function.getOperandList().stream().anyMatch(WindowParameters::named)) {
            ordered = function.getOperator().createCall(function.getParserPosition(), byName(function));
        } else if (function.operandCount() > 2
                && function.operand(0) instanceof SqlIdentifier stream
                && function.operand(1) instanceof SqlIdentifier time) {
            ordered = function.getOperator().createCall(function.getParserPosition(), ofNames(function, stream, time));
        }
        return ordered == function
                ? table
                : SqlStdOperatorTable.COLLECTION_TABLE.createCall(table.getParserPosition(), ordered);
    }

    private static boolean named(@Nullable SqlNode operand) {
        return operand != null && operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT;
    }

    private static List<SqlNode> ofNames(SqlCall function, SqlIdentifier stream, SqlIdentifier time) {
        List<SqlNode> operands = new ArrayList<>(function.getOperandList());
        operands.set(0, SqlStdOperatorTable.EXPLICIT_TABLE.createCall(stream.getParserPosition(), stream));
        operands.set(1, SqlStdOperatorTable.DESCRIPTOR.createCall(time.getParserPosition(), time));
        return operands;
    }

    private static List<SqlNode> byName(SqlCall function) {
        String window = function.getOperator().getName().toUpperCase(Locale.ROOT);
        List<String> names = Objects.requireNonNull(NAMES.get(window));
        @Nullable SqlNode[] values = new @Nullable SqlNode[names.size()];
        for (SqlNode operand : function.getOperandList()) {
            if (!named(operand)) {
                throw refused(function, window + " has arguments with a name beside others", names);
            }
            String name =
                    ((SqlIdentifier) ((SqlCall) operand).operand(1)).getSimple().toUpperCase(Locale.ROOT);
            int place = names.indexOf(window.equals("SESSION") && name.equals("SIZE") ? "GAP" : name);
            if (place < 0) {
                throw refused(function, window + " has no argument " + name, names);
            }
            if (values[place] != null) {
                throw refused(function, window + " has two arguments " + names.get(place), names);
            }
            values[place] = ((SqlCall) operand).operand(0);
        }
        List<SqlNode> operands = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            SqlNode value = values[i];
            if (value != null) {
                operands.add(value);
            } else if (!OPTIONAL.contains(names.get(i))) {
                throw refused(function, window + " lacks its argument " + names.get(i), names);
            }
        }
        return operands;
    }

    private static RuntimeException refused(SqlCall function, String what, List<String> names) {
        return SqlErrors.invalid(
                what, "its arguments are, in order, " + String.join(", ", names), function.getParserPosition());
    }
}
