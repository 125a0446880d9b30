package io.millrace.sql.validate;

import io.millrace.sql.error.SqlErrors;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/** Sees to it that {@code HOP_START(…)} and the like say the same window as GROUP BY. */
final class WindowArguments {

    private static final Set<String> WINDOWS = Set.of("TUMBLE", "HOP", "SESSION", "CUMULATE");
    private static final Set<String> BOUNDS = Set.of("START", "END", "ROWTIME");

    private final List<SqlCall> windows = new ArrayList<>();

    private WindowArguments(SqlNodeList group) {
        for (SqlNode key : group) {
            if (key instanceof SqlCall call && WINDOWS.contains(name(call))) {
                windows.add(call);
            }
        }
    }

    /**
     * Checks a SELECT that may be grouped by a window.
     *
     * @param order what its rows are ordered by
     * @throws io.millrace.spi.error.MillraceException where it asks for the bounds of another window
     */
    static void check(SqlSelect select, @Nullable SqlNodeList order) {
        if (select.getGroup() == null) {
            return;
        }
        WindowArguments arguments = new WindowArguments(select.getGroup());
        if (arguments.windows.isEmpty()) {
            return;
        }
        arguments.check(select.getSelectList());
        arguments.check(select.getHaving());
        arguments.check(order);
    }

    private void check(@Nullable SqlNode node) {
        if (node == null) {
            return;
        }
        node.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // the visitor's answer is not used
            public Void visit(SqlCall call) {
                if (call instanceof SqlSelect) {
                    return null;
                }
                checkBound(call);
                return super.visit(call);
            }
        });
    }

    private void checkBound(SqlCall bound) {
        String name = name(bound);
        int end = name.indexOf('_');
        if (end < 0 || !WINDOWS.contains(name.substring(0, end)) || !BOUNDS.contains(name.substring(end + 1))) {
            return;
        }
        SqlCall window = null;
        for (SqlCall candidate : windows) {
            if (name(candidate).equals(name.substring(0, end))) {
                window = candidate;
                if (sameOperands(bound, candidate)) {
                    return;
                }
            }
        }
        SqlCall meant = window == null ? windows.getFirst() : window;
        throw SqlErrors.invalid(
                name + " is not of the window in GROUP BY, which is " + text(name(meant), meant),
                "write " + text(name(meant) + name.substring(end), meant),
                bound.getParserPosition());
    }

    private static boolean sameOperands(SqlCall bound, SqlCall window) {
        if (bound.operandCount() != window.operandCount()) {
            return false;
        }
        for (int i = 0; i < bound.operandCount(); i++) {
            if (!same(bound.operand(i), window.operand(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(SqlNode a, SqlNode b) {
        if (a instanceof SqlIdentifier one && b instanceof SqlIdentifier other) {
            return one.names.getLast().equalsIgnoreCase(other.names.getLast());
        }
        if (a instanceof SqlIntervalLiteral one && b instanceof SqlIntervalLiteral other) {
            return months(one) == months(other) && length(one).compareTo(length(other)) == 0;
        }
        return a.equalsDeep(b, Litmus.IGNORE);
    }

    private static boolean months(SqlIntervalLiteral interval) {
        return SqlTypeName.YEAR_INTERVAL_TYPES.contains(interval.getTypeName());
    }

    private static BigDecimal length(SqlIntervalLiteral interval) {
        BigDecimal length = interval.getValueAs(BigDecimal.class);
        return length == null ? BigDecimal.ZERO : length;
    }

    private static String text(String function, SqlCall window) {
        return window.getOperandList().stream()
                .map(WindowArguments::text)
                .collect(Collectors.joining(", ", function + "(", ")"));
    }

    private static String text(SqlNode operand) {
        return operand instanceof SqlIdentifier name ? String.join(".", name.names) : operand.toString();
    }

    private static String name(SqlCall call) {
        return call.getOperator().getName().replace("$", "").toUpperCase(Locale.ROOT);
    }
}
