package io.millrace.sql.lower;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Aggregate;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Small pieces that translated queries are made of. */
final class Queries {

    static final Literal TRUE = new Literal(true, DataType.BOOLEAN);
    static final Literal FALSE = new Literal(false, DataType.BOOLEAN);
    static final Literal UNKNOWN = new Literal(null, DataType.BOOLEAN);

    private Queries() {}

    /** Returns each row once. */
    static PlanNode distinct(PlanNode node) {
        List<Integer> keys = IntStream.range(0, node.rowType().size()).boxed().toList();
        return new Aggregate(Nodes.NO_ID, node, node.rowType(), keys, List.of(), null);
    }

    /** Returns one row per group: the keys, then the calls. */
    static Aggregate aggregate(PlanNode input, List<Integer> keys, List<AggregateCall> calls) {
        List<Field> fields = new ArrayList<>();
        keys.forEach(key -> fields.add(input.rowType().field(key)));
        calls.forEach(call -> fields.add(new Field("$call" + fields.size(), call.type(), call.nullable())));
        return new Aggregate(Nodes.NO_ID, input, new RowType(fields), keys, calls, null);
    }

    static AggregateCall count(List<Integer> arguments) {
        return new AggregateCall(
                AggregateFunction.COUNT, arguments, false, AggregateCall.NO_FILTER, DataType.BIGINT, false);
    }

    static AggregateCall of(AggregateFunction function, int column, PlanNode input) {
        return new AggregateCall(
                function,
                List.of(column),
                false,
                AggregateCall.NO_FILTER,
                input.rowType().field(column).type(),
                true);
    }

    /** Returns a column of a join's right input, as the join's condition sees it. */
    static Column ofRight(PlanNode left, PlanNode right, int column) {
        Field field = right.rowType().field(column);
        return new Column(left.rowType().size() + column, field.type(), field.nullable());
    }

    /** Returns that columns of a left and a right input are the same, NULL being the same as NULL. */
    static List<Expression> same(PlanNode left, List<Integer> ofLeft, PlanNode right, List<Integer> ofRight) {
        List<Expression> parts = new ArrayList<>();
        for (int i = 0; i < ofLeft.size(); i++) {
            parts.add(new Call(
                    ScalarFunction.IS_NOT_DISTINCT_FROM,
                    List.of(Columns.at(ofLeft.get(i), left.rowType()), ofRight(left, right, ofRight.get(i))),
                    DataType.BOOLEAN,
                    false));
        }
        return parts;
    }

    /** Returns a comparison of two expressions in the type they have in common. */
    static Call compare(ScalarFunction function, Expression a, Expression b) {
        DataType common = Coercion.common(List.of(a, b));
        return new Call(
                function,
                List.of(Coercion.to(common, a), Coercion.to(common, b)),
                DataType.BOOLEAN,
                a.nullable() || b.nullable());
    }

    static @Nullable Expression all(List<Expression> parts) {
        return switch (parts.size()) {
            case 0 -> null;
            case 1 -> parts.getFirst();
            default -> logic(ScalarFunction.AND, parts);
        };
    }

    static Expression any(List<Expression> parts) {
        return parts.size() == 1 ? parts.getFirst() : logic(ScalarFunction.OR, parts);
    }

    private static Call logic(ScalarFunction function, List<Expression> parts) {
        return new Call(function, parts, DataType.BOOLEAN, parts.stream().anyMatch(Expression::nullable));
    }

    static Call test(ScalarFunction function, Expression operand) {
        return new Call(function, List.of(operand), DataType.BOOLEAN, false);
    }

    static Call less(Expression a, Expression b) {
        return compare(ScalarFunction.LESS, a, b);
    }

    /** Returns a count that is zero where there was nothing to count. */
    static Expression orZero(Expression count) {
        if (!count.nullable()) {
            return count;
        }
        return new Case(
                List.of(new Case.Branch(test(ScalarFunction.IS_NULL, count), Coercion.to(count.type(), zero()))),
                count,
                count.type(),
                false);
    }

    static Literal zero() {
        return new Literal(0L, DataType.BIGINT);
    }

    /** Returns the node with expressions of its rows behind its columns. */
    static PlanNode with(PlanNode node, List<Expression> added) {
        List<Expression> expressions = new ArrayList<>(columns(node));
        List<String> names = new ArrayList<>(Nodes.names(node.rowType()));
        for (Expression expression : added) {
            expressions.add(expression);
            names.add("$value" + names.size());
        }
        return Nodes.project(node, expressions, names);
    }

    /** Returns these columns of a node. */
    static PlanNode columns(PlanNode node, List<Integer> places) {
        List<String> names = places.stream().map(i -> "$" + i).toList();
        return Nodes.project(node, Columns.at(places, node.rowType()), names);
    }

    static List<Expression> columns(PlanNode node) {
        return Columns.at(IntStream.range(0, node.rowType().size()).boxed().toList(), node.rowType());
    }
}
