package io.millrace.sql.system.query;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.type.DataType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
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
        List<SqlNode> operands = new ArrayList<>(call.getOperandList());
        boolean star = operands.size() == 1 && operands.getFirst() instanceof SqlIdentifier id && id.isStar();
        if (operands.isEmpty()) {
            throw ExpressionCompiler.undefined(call, name);
        }
        List<Expression> arguments =
                star ? List.of(Expression.constant(DataType.BIGINT, 1L)) : expressions.compileAll(operands);
        SqlLiteral quantifier = call.getFunctionQuantifier();
        boolean distinct = quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT;
        return new Expression(Aggregates.type(name, arguments), frame -> {
            List<@Nullable Object[]> group = frame.group();
            if (group == null) {
                throw Failures.at(
                        call, ErrorCode.INVALID_STATEMENT, "aggregate " + name + " is not allowed here", null);
            }
            return Aggregates.of(
                    name, values(arguments.getFirst(), group, frame, distinct), separator(arguments, frame));
        });
    }

    private static List<@Nullable Object> values(
            Expression argument, List<@Nullable Object[]> group, Frame frame, boolean distinct) {
        List<@Nullable Object> values = new ArrayList<>();
        Set<@Nullable Object> seen = new HashSet<>();
        for (@Nullable Object[] row : group) {
            Object value = argument.value(new Frame(frame.context(), row, frame.outer()));
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
