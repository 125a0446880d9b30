package io.millrace.sql.validate;

import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.function.WindowFunctions;
import io.millrace.sql.parser.tree.SqlStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Windows as other dialects write them, in the words of ours.
 *
 * <pre>
 *   GROUP BY TUMBLE(time, size)                        GROUP BY STEP(time BY size)
 *   FROM s GROUP BY HOP(time, slide, size)             FROM TABLE(HOP(TABLE s, DESCRIPTOR(time), slide, size)) AS s
 *                                                      GROUP BY window_start, window_end
 *   FROM s GROUP BY CUMULATE(time, step, size)         likewise, and TUMBLE with an offset
 *   SESSION(TABLE s PARTITION BY k, DESCRIPTOR(t), g)  SESSION(TABLE s, DESCRIPTOR(t), DESCRIPTOR(k), g)
 * </pre>
 *
 * <p>Likewise {@code SESSION(time, gap)} in GROUP BY, whose sessions are those of the other keys, and
 * {@code TUMBLE_START}, {@code HOP_END} and so on.
 */
@SuppressWarnings("ReferenceEquality") // operators are constants
final class LegacyWindows {

    private LegacyWindows() {}

    static SqlNode replace(SqlNode query) {
        SqlNode result = query.accept(new Replacing());
        return result == null ? query : result;
    }

    private static final class Replacing extends SqlShuttle {
        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            if (call instanceof SqlSelect select) {
                WindowPlaces.checkItems(select);
                WindowArguments.check(select, null);
                groupedByWindow(select, null);
            }
            if (call instanceof SqlOrderBy order && order.query instanceof SqlSelect select) {
                WindowPlaces.checkItems(select);
                WindowArguments.check(select, order.orderList);
                SqlCall window = groupedByWindow(select, order.orderList);
                return super.visit(window == null ? order : ordered(order, window));
            }
            if (call.getKind() == SqlKind.COLLECTION_TABLE) {
                WindowPlaces.checkName(call);
                return super.visit(WindowParameters.inOrder(call));
            }
            if (tumbles(call)) {
                return tumble(call);
            }
            return super.visit(name(call).equals("SESSION") ? partitionedSession(call) : call);
        }
    }

    private static boolean tumbles(SqlCall call) {
        return call.operandCount() == 2
                && call.operand(1) instanceof SqlIntervalLiteral
                && call.operand(0) != null
                && !call.operand(0).isA(SqlKind.QUERY)
                && name(call).startsWith("TUMBLE");
    }

    private static SqlNode tumble(SqlCall call) {
        SqlNode start = SqlStep.call(call.getParserPosition(), call.operand(0), call.operand(1));
        return switch (name(call)) {
            case "TUMBLE", "TUMBLE_START" -> start;
            case "TUMBLE_END" -> SqlStdOperatorTable.PLUS.createCall(call.getParserPosition(), start, call.operand(1));
            default -> call;
        };
    }

    private static SqlCall partitionedSession(SqlCall call) {
        if (call.operandCount() != 3
                || !(call.operand(0) instanceof SqlCall table)
                || table.getOperator() != SqlStdOperatorTable.SET_SEMANTICS_TABLE) {
            return call;
        }
        List<SqlNode> keys = ((SqlNodeList) table.operand(1)).getList();
        List<SqlNode> operands = new ArrayList<>(List.of(table.operand(0), call.operand(1)));
        if (!keys.isEmpty()) {
            operands.add(descriptor(keys, table.operand(1).getParserPosition()));
        }
        operands.add(call.operand(2));
        return call.getOperator().createCall(call.getParserPosition(), operands);
    }

    private static SqlCall descriptor(List<SqlNode> columns, SqlParserPos pos) {
        return SqlStdOperatorTable.DESCRIPTOR.createCall(pos, columns);
    }

    /** Moves a window from GROUP BY to FROM, and returns it; null where there is none to be moved. */
    private static @Nullable SqlCall groupedByWindow(SqlSelect select, @Nullable SqlNodeList order) {
        SqlCall window = window(select, order);
        if (window == null || select.getGroup() == null) {
            return null;
        }
        List<SqlNode> keys = new ArrayList<>();
        for (SqlNode key : select.getGroup()) {
            if (key != window) {
                keys.add(key);
            }
        }
        select.setFrom(from(select, window, keys));
        SqlParserPos pos = window.getParserPosition();
        keys.add(new SqlIdentifier("window_start", pos));
        keys.add(new SqlIdentifier("window_end", pos));
        if (asks(select, order, name(window) + "_ROWTIME")) {
            keys.add(new SqlIdentifier("window_time", pos));
        }
        select.setGroupBy(new SqlNodeList(keys, select.getGroup().getParserPosition()));
        Bounds bounds = new Bounds(name(window));
        select.setSelectList((SqlNodeList) select.getSelectList().accept(bounds));
        if (select.getHaving() != null) {
            select.setHaving(select.getHaving().accept(bounds));
        }
        return window;
    }

    private static SqlOrderBy ordered(SqlOrderBy order, SqlCall window) {
        SqlNodeList keys = (SqlNodeList) order.orderList.accept(new Bounds(name(window)));
        return new SqlOrderBy(order.getParserPosition(), order.query, keys, order.offset, order.fetch);
    }

    private static @Nullable SqlCall window(SqlSelect select, @Nullable SqlNodeList order) {
        if (select.getGroup() != null) {
            for (SqlNode key : select.getGroup()) {
                if (key instanceof SqlCall call && inFrom(call, select, order)) {
                    return call;
                }
            }
        }
        return null;
    }

    /** Returns whether a key is a window that has to stand in FROM. */
    private static boolean inFrom(SqlCall call, SqlSelect select, @Nullable SqlNodeList order) {
        return switch (name(call)) {
            case "HOP", "SESSION", "CUMULATE" -> true;
            case "TUMBLE" -> call.operandCount() > 2 || asks(select, order, "TUMBLE_ROWTIME");
            default -> false;
        };
    }

    /** Returns whether a SELECT or its order calls a function. */
    private static boolean asks(SqlSelect select, @Nullable SqlNodeList order, String function) {
        boolean[] found = {false};
        SqlBasicVisitor<Void> looking = new SqlBasicVisitor<>() {
            @Override
            @SuppressWarnings("NullAway") // the visitor's answer is not used
            public Void visit(SqlCall call) {
                found[0] |= name(call).equals(function);
                return call instanceof SqlSelect ? null : super.visit(call);
            }
        };
        select.getSelectList().accept(looking);
        if (select.getHaving() != null) {
            select.getHaving().accept(looking);
        }
        if (order != null) {
            order.accept(looking);
        }
        return found[0];
    }

    private static SqlNode from(SqlSelect select, SqlCall window, List<SqlNode> keys) {
        SqlParserPos pos = window.getParserPosition();
        SqlNode from = select.getFrom();
        SqlNode alias = null;
        if (from instanceof SqlCall as && as.getKind() == SqlKind.AS && as.operandCount() == 2) {
            alias = as.operand(1);
            from = as.operand(0);
        }
        if (from instanceof SqlIdentifier stream) {
            alias = alias == null ? new SqlIdentifier(stream.names.getLast(), stream.getParserPosition()) : alias;
            from = SqlStdOperatorTable.EXPLICIT_TABLE.createCall(stream.getParserPosition(), stream);
        } else if (from == null || !from.isA(SqlKind.QUERY)) {
            throw other(window, "it is over a stream or a subquery");
        }
        List<SqlNode> operands =
                new ArrayList<>(List.of(from, descriptor(List.of(column(window, window.operand(0))), pos)));
        if (name(window).equals("SESSION") && !keys.isEmpty()) {
            operands.add(descriptor(
                    keys.stream().map(key -> (SqlNode) column(window, key)).toList(), pos));
        }
        operands.addAll(window.getOperandList().subList(1, window.operandCount()));
        SqlNode table = SqlStdOperatorTable.COLLECTION_TABLE.createCall(
                pos, WindowFunctions.named(name(window)).createCall(pos, operands));
        return alias == null ? table : SqlStdOperatorTable.AS.createCall(pos, table, alias);
    }

    private static SqlIdentifier column(SqlCall window, @Nullable SqlNode node) {
        if (node instanceof SqlIdentifier name && !name.isStar()) {
            return new SqlIdentifier(name.names.getLast(), name.getParserPosition());
        }
        throw other(window, "its time and the other keys are columns");
    }

    private static RuntimeException other(SqlCall window, String where) {
        return SqlErrors.unsupported(
                name(window) + " in GROUP BY works where " + where,
                "write FROM TABLE(" + name(window) + "(TABLE …, DESCRIPTOR(…), …)) GROUP BY window_start, window_end",
                window.getParserPosition());
    }

    /** Puts columns in place of HOP_START and the like. */
    private static final class Bounds extends SqlShuttle {

        private final String window;

        Bounds(String window) {
            this.window = window;
        }

        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            if (call instanceof SqlSelect || !name(call).startsWith(window)) {
                return call instanceof SqlSelect ? call : super.visit(call);
            }
            SqlParserPos pos = call.getParserPosition();
            return switch (name(call).substring(window.length())) {
                case "_START" -> new SqlIdentifier("window_start", pos);
                case "_END" -> new SqlIdentifier("window_end", pos);
                case "_ROWTIME" -> new SqlIdentifier("window_time", pos);
                default -> super.visit(call);
            };
        }
    }

    private static String name(SqlCall call) {
        return call.getOperator().getName().replace("$", "").toUpperCase(Locale.ROOT);
    }
}
