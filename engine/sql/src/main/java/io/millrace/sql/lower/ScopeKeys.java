package io.millrace.sql.lower;

import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Filter;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.lower.Scope.Reference;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * {@code WHERE inner.k = outer.k}: what is referred to outside is equal to something inside, so it need not be
 * read a second time.
 *
 * @param rows the rows, with what is equal behind them in place of the scope's columns
 * @param rest what else must hold
 */
record ScopeKeys(Lowered rows, List<RexNode> rest) {

    /** Returns the keys where every reference has one, or null. */
    static @Nullable ScopeKeys find(List<RexNode> parts, Scope scope, Lowered input, PlanLowering lowering) {
        List<RexNode> rest = new ArrayList<>(parts);
        List<Expression> equal = new ArrayList<>();
        RowScope rows = new RowScope(lowering, input, Scope.NONE);
        for (int i = 0; i < scope.size(); i++) {
            Expression found = null;
            for (RexNode part : parts) {
                RexNode inside = inside(part, scope.references().get(i));
                if (found == null && inside != null) {
                    Expression expression = rows.lower(inside);
                    if (Coercion.alike(expression.type(), scope.fields().get(i).type())) {
                        found = expression;
                        rest.remove(part);
                    }
                }
            }
            if (found == null) {
                return null;
            }
            equal.add(found);
        }
        return new ScopeKeys(keyed(input, equal), rest);
    }

    private static Lowered keyed(Lowered input, List<Expression> equal) {
        PlanNode node = Queries.with(input.node(), equal);
        int first = input.node().rowType().size();
        List<Integer> places =
                IntStream.range(first, first + equal.size()).boxed().toList();
        for (int place : places) {
            Expression column = Columns.at(place, node.rowType());
            if (column.nullable()) {
                node = new Filter(Nodes.NO_ID, node, Queries.test(ScalarFunction.IS_NOT_NULL, column));
            }
        }
        return new Lowered(node, input.width(), places);
    }

    /** Returns what a condition says is equal to the reference, where that refers to nothing outside. */
    private static @Nullable RexNode inside(RexNode part, Reference reference) {
        if (part.getKind() != SqlKind.EQUALS) {
            return null;
        }
        List<RexNode> operands = ((RexCall) part).getOperands();
        for (int i = 0; i < 2; i++) {
            RexNode other = operands.get(1 - i);
            if (operands.get(i) instanceof RexFieldAccess access
                    && access.getReferenceExpr() instanceof RexCorrelVariable variable
                    && reference.equals(
                            new Reference(variable.id, access.getField().getIndex()))
                    && OuterReferences.of(other).isEmpty()
                    && OuterReferences.subqueries(other).isEmpty()) {
                return other;
            }
        }
        return null;
    }
}
