package io.millrace.sql.rewrite;

import io.millrace.plan.JoinKey;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Join;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes keys of what a join's condition says must be equal. What is equal and is no column becomes one, below.
 *
 * <pre>
 *   Join a.x + 1 = b.y AND a.z &gt; b.z         Project …
 *     a                                  →     Join $x = b.y, condition a.z &gt; b.z
 *     b                                          Project a, $x = a.x + 1
 *                                                b
 * </pre>
 */
final class FormJoins {

    private final Join join;
    private final int own;
    private final List<Expression> leftAdded = new ArrayList<>();
    private final List<Expression> rightAdded = new ArrayList<>();
    private final List<JoinKey> keys;
    private final List<Expression> rest = new ArrayList<>();

    private FormJoins(Join join) {
        this.join = join;
        this.own = join.left().rowType().size();
        this.keys = new ArrayList<>(join.keys());
    }

    static PlanNode apply(PlanNode node) {
        PlanNode formed = Nodes.withInputs(
                node, node.inputs().stream().map(FormJoins::apply).toList());
        return formed instanceof Join join && join.condition() != null ? new FormJoins(join).form() : formed;
    }

    private PlanNode form() {
        for (Expression part : Conditions.parts(Conditions.orTrue(join.condition()))) {
            if (!key(part)) {
                rest.add(part);
            }
        }
        if (keys.size() == join.keys().size()) {
            return join;
        }
        PlanNode left = widened(join.left(), leftAdded);
        PlanNode right = widened(join.right(), rightAdded);
        int added = leftAdded.size();
        Expression condition = rest.isEmpty()
                ? null
                : Columns.substitute(
                        Conditions.all(rest), i -> i < own ? Columns.at(i, left.rowType()) : shifted(i, added, right));
        Join formed = Nodes.join(join, left, right, keys, condition, List.of());
        return added == 0 && rightAdded.isEmpty() ? formed : narrowed(formed, added);
    }

    private Expression shifted(int index, int added, PlanNode right) {
        Column column = Columns.at(index - own, right.rowType());
        return new Column(index + added, column.type(), column.nullable());
    }

    /** Takes the added columns away again. */
    private PlanNode narrowed(Join formed, int added) {
        List<Integer> columns = new ArrayList<>(IntStream.range(0, own).boxed().toList());
        if (!join.type().leftOnly()) {
            IntStream.range(0, join.right().rowType().size())
                    .map(i -> own + added + i)
                    .forEach(columns::add);
        }
        return Nodes.project(
                formed,
                Columns.at(columns, formed.rowType()),
                join.rowType().fields().stream().map(Field::name).toList());
    }

    private boolean key(Expression part) {
        if (!(part instanceof Call call)
                || (call.function() != ScalarFunction.EQUAL
                        && call.function() != ScalarFunction.IS_NOT_DISTINCT_FROM)) {
            return false;
        }
        Expression a = call.arguments().get(0);
        Expression b = call.arguments().get(1);
        if (!a.type().storage().equals(b.type().storage())) {
            return false;
        }
        boolean nullsMatch = call.function() == ScalarFunction.IS_NOT_DISTINCT_FROM;
        if (ofLeft(a) && ofRight(b)) {
            keys.add(new JoinKey(left(a), right(b), nullsMatch));
            return true;
        }
        if (ofLeft(b) && ofRight(a)) {
            keys.add(new JoinKey(left(b), right(a), nullsMatch));
            return true;
        }
        return false;
    }

    private boolean ofLeft(Expression expression) {
        BitSet columns = Columns.of(expression);
        return !columns.isEmpty() && columns.length() <= own;
    }

    private boolean ofRight(Expression expression) {
        BitSet columns = Columns.of(expression);
        return !columns.isEmpty() && columns.nextSetBit(0) >= own;
    }

    private int left(Expression expression) {
        return expression instanceof Column column ? column.index() : place(leftAdded, expression, own);
    }

    private int right(Expression expression) {
        Expression moved = Columns.substitute(
                expression, i -> Columns.at(i - own, join.right().rowType()));
        return moved instanceof Column column
                ? column.index()
                : place(rightAdded, moved, join.right().rowType().size());
    }

    private static int place(List<Expression> added, Expression expression, int before) {
        int known = added.indexOf(expression);
        if (known >= 0) {
            return before + known;
        }
        added.add(expression);
        return before + added.size() - 1;
    }

    private static PlanNode widened(PlanNode input, List<Expression> added) {
        if (added.isEmpty()) {
            return input;
        }
        List<Expression> expressions = new ArrayList<>(
                Columns.at(IntStream.range(0, input.rowType().size()).boxed().toList(), input.rowType()));
        List<String> names = new ArrayList<>(Nodes.names(input.rowType()));
        for (Expression expression : added) {
            expressions.add(expression);
            names.add("$key" + (names.size() - input.rowType().size()));
        }
        return Simplify.merged(Nodes.project(input, expressions, names));
    }
}
