package io.millrace.sql.system.query;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.jspecify.annotations.Nullable;

/** Compiles queries inside expressions. They run anew for each row around them. */
final class Subqueries {

    private final ExpressionCompiler expressions;
    private final Scope scope;
    private final QueryCompiler queries;

    Subqueries(ExpressionCompiler expressions, Scope scope, QueryCompiler queries) {
        this.expressions = expressions;
        this.scope = scope;
        this.queries = queries;
    }

    Expression compile(SqlCall call) {
        return switch (call.getKind()) {
            case EXISTS -> {
                Query query = queries.compile(call.operand(0), scope);
                yield new Expression(
                        DataType.BOOLEAN,
                        frame -> !query.rows(frame.context(), frame).isEmpty());
            }
            case ARRAY_QUERY_CONSTRUCTOR -> array(queries.compile(call.operand(0), scope));
            case IN, NOT_IN -> in(call);
            case SCALAR_QUERY -> scalar(queries.compile(call.operand(0), scope));
            default -> scalar(queries.compile(call, scope));
        };
    }

    private static Expression scalar(Query query) {
        Query.Column column = query.columns().getFirst();
        return new Expression(column.type(), column.untyped(), frame -> {
            List<@Nullable Object[]> rows = query.rows(frame.context(), frame);
            if (rows.size() > 1) {
                throw new MillraceException(
                        ErrorCode.INVALID_STATEMENT, "more than one row returned by a subquery used as an expression");
            }
            return rows.isEmpty() ? null : rows.getFirst()[0];
        });
    }

    private static Expression array(Query query) {
        return new Expression(new ArrayType(query.columns().getFirst().type(), true), frame -> {
            List<@Nullable Object> values = new ArrayList<>();
            query.rows(frame.context(), frame).forEach(row -> values.add(row[0]));
            return values;
        });
    }

    private Expression in(SqlCall call) {
        Expression value = expressions.compile(call.operand(0));
        Function<Frame, List<? extends @Nullable Object>> candidates = candidates(call.operand(1), value);
        Expression found = any(value, candidates, order -> order == 0);
        return call.getKind() == SqlKind.NOT_IN ? Operators.not(found) : found;
    }

    private Function<Frame, List<? extends @Nullable Object>> candidates(SqlNode node, Expression value) {
        if (!(node instanceof SqlNodeList list)) {
            Query query = queries.compile(node, scope);
            return frame -> query.rows(frame.context(), frame).stream()
                    .map(row -> row[0])
                    .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
        }
        List<Expression> elements = expressions.compileAll(list);
        list.forEach(element -> expressions.infer(element, value));
        return frame -> {
            List<@Nullable Object> values = new ArrayList<>();
            elements.forEach(element -> values.add(element.value(frame)));
            return values;
        };
    }

    /** {@code x = ANY (array or query)} and its like with other comparisons, and with ALL. */
    Expression quantified(SqlCall call) {
        SqlQuantifyOperator operator = (SqlQuantifyOperator) call.getOperator();
        Expression value = expressions.compile(call.operand(0));
        Function<Frame, List<? extends @Nullable Object>> candidates = ofArray(call.operand(1), value);
        IntPredicate test = Operators.test(operator.comparisonKind);
        return call.getKind() == SqlKind.SOME
                ? any(value, candidates, test)
                : Operators.not(any(value, candidates, test.negate()));
    }

    private Function<Frame, List<? extends @Nullable Object>> ofArray(SqlNode node, Expression value) {
        boolean array = node instanceof SqlNodeList list && list.size() == 1;
        if (!array) {
            return candidates(node, value);
        }
        Expression compiled = expressions.compile(((SqlNodeList) node).get(0));
        return frame -> {
            Object list = compiled.value(frame);
            return list == null ? List.of() : Casts.toList(list);
        };
    }

    /** TRUE where one candidate passes, else NULL where one is NULL, else FALSE. */
    private static Expression any(
            Expression value, Function<Frame, List<? extends @Nullable Object>> candidates, IntPredicate test) {
        return new Expression(DataType.BOOLEAN, frame -> {
            Object sought = value.value(frame);
            Boolean found = false;
            for (Object candidate : candidates.apply(frame)) {
                if (sought == null || candidate == null) {
                    found = null;
                } else if (test.test(Values.compare(sought, candidate))) {
                    return true;
                }
            }
            return found;
        });
    }
}
