package io.millrace.runtime.operator;

import io.millrace.plan.JoinKey;
import io.millrace.plan.PlanNode;
import io.millrace.plan.expression.Expression;
import io.millrace.runtime.join.JoinPairs;
import io.millrace.runtime.join.KeyedRows;
import io.millrace.spi.type.DataType.RowType;
import java.util.BitSet;
import java.util.List;

/** What of a join's plan node concerns one side or the other. */
final class JoinSides {

    private final PlanNode.Join join;

    JoinSides(PlanNode.Join join) {
        this.join = join;
    }

    RowType type(boolean left) {
        return (left ? join.left() : join.right()).rowType();
    }

    int[] keyColumns(boolean left) {
        return join.keys().stream()
                .mapToInt(key -> left ? key.left() : key.right())
                .toArray();
    }

    boolean[] nullsMatch() {
        List<JoinKey> keys = join.keys();
        boolean[] match = new boolean[keys.size()];
        for (int i = 0; i < match.length; i++) {
            match[i] = keys.get(i).nullsMatch();
        }
        return match;
    }

    KeyedRows keyed(boolean left) {
        return new KeyedRows(keyColumns(left), nullsMatch());
    }

    /** Returns whether rows of the side without a partner are put out beside NULL. */
    boolean kept(boolean left) {
        return left ? join.type().keepsLeft() : join.type().keepsRight();
    }

    JoinPairs pairs(io.millrace.runtime.expression.ExpressionEngine engine) {
        BitSet tested = new BitSet();
        if (join.condition() != null) {
            collect(join.condition(), tested);
        }
        return new JoinPairs(type(true), type(false), join.condition(), tested, engine);
    }

    private static void collect(Expression expression, BitSet columns) {
        switch (expression) {
            case Expression.Column column -> columns.set(column.index());
            case Expression.Literal literal -> {}
            case Expression.Parameter parameter -> {}
            case Expression.Call call -> call.arguments().forEach(a -> collect(a, columns));
            case Expression.UserCall call -> call.arguments().forEach(a -> collect(a, columns));
            case Expression.Cast cast -> collect(cast.operand(), columns);
            case Expression.Case branches -> {
                branches.branches().forEach(b -> {
                    collect(b.condition(), columns);
                    collect(b.value(), columns);
                });
                collect(branches.otherwise(), columns);
            }
            case Expression.FieldAccess access -> collect(access.row(), columns);
        }
    }
}
