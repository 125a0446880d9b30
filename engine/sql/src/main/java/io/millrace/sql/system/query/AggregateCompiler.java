package io.millrace.sql.system.query;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.type.DataType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Compiles calls of aggregates: their arguments are computed for each row of the group at hand. */
final class AggregateCompiler {

    private final ExpressionCompiler expressions;

    AggregateCompiler(ExpressionCompiler expressions) {
        this.expressions = expressions;
    }

    Expression compile(SqlCall call, String name) {
        if (call.getKind() == SqlKind.WITHIN_GROUP) {
            SqlCall inner = call.operand(0);
            return compile(inner, ExpressionCompiler.functionName(inner), call.operand(1));
        }
        SqlNodeList order = SqlNodeList.EMPTY;
        for (SqlNode operand : call.getOperandList()) {
            order = operand instanceof SqlNodeList list ? list : order;
        }
        return compile(call, name, order);
    }

    private Expression compile(SqlCall call, String name, SqlNodeList order) {
        List<SqlNode> operands = new ArrayList<>(call.getOperandList());
        operands.removeIf(SqlNodeList.class::isInstance);
        boolean star = operands.size() == 1 && operands.getFirst() instanceof SqlIdentifier id && id.isStar();
        if (operands.isEmpty() || !Aggregates.contains(name)) {
            throw ExpressionCompiler.undefined(call, name);
        }
        List<Expression> arguments =
                star ? List.of(Expression.constant(DataType.BIGINT, 1L)) : expressions.compileAll(operands);
        List<Ordering> orderings = new ArrayList<>();
        order.forEach(key -> orderings.add(Orderings.of(key, expressions::compile)));
        SqlLiteral quantifier = call.getFunctionQuantifier();
        boolean distinct = quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT;
        return new Expression(Aggregates.type(name, arguments), frame -> {
            List<@Nullable Object[]> group = frame.group();
            if (group == null) {
                throw Failures.at(
                        call, ErrorCode.INVALID_STATEMENT, "aggregate " + name + " is not allowed here", null);
            }
            List<Frame> rows = ordered(group, frame, orderings);
            return Aggregates.of(name, values(arguments.getFirst(), rows, distinct), separator(arguments, frame));
        });
    }

    private static List<Frame> ordered(List<@Nullable Object[]> group, Frame frame, List<Ordering> orderings) {
        List<Frame> rows = new ArrayList<>();
        group.forEach(row -> rows.add(new Frame(frame.context(), row, frame.outer())));
        if (!orderings.isEmpty()) {
            Comparator<@Nullable Object[]> order = Ordering.of(orderings);
            rows.sort((a, b) -> order.compare(Ordering.keys(orderings, a), Ordering.keys(orderings, b)));
        }
        return rows;
    }

    private static List<@Nullable Object> values(Expression argument, List<Frame> rows, boolean distinct) {
        List<@Nullable Object> values = new ArrayList<>();
        Set<@Nullable Object> seen = new HashSet<>();
        for (Frame row : rows) {
            Object value = argument.value(row);
            if (!distinct || seen.add(Values.key(value))) {
                values.add(value);
            }
        }
        return values;
    }

    private static String separator(List<Expression> arguments, Frame frame) {
        Object separator = arguments.size() > 1 ? arguments.get(1).value(frame) : null;
        return separator == null ? "" : Values.text(separator);
    }

    /** Returns whether an expression has an aggregate of its own query in it. */
    static boolean within(SqlNode node) {
        Finder finder = new Finder();
        node.accept(finder);
        return finder.found;
    }

    private static final class Finder extends SqlBasicVisitor<@Nullable Void> {
        private boolean found;

        @Override
        public @Nullable Void visit(SqlCall call) {
            if (call.isA(SqlKind.QUERY) || call.getKind() == SqlKind.OVER) {
                return null;
            }
            if (call.getOperator() instanceof SqlFunction
                    && Aggregates.contains(ExpressionCompiler.functionName(call))) {
                found = true;
                return null;
            }
            return super.visit(call);
        }
    }
}
