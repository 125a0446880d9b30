package io.millrace.sql.lower;

import io.millrace.plan.PlanNode;
import io.millrace.plan.expression.Expression;
import io.millrace.sql.error.SqlErrors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;

/**
 * Subqueries in ON of an outer join: each is computed beside the rows of the input that it is of, so that the join finds it
 * as a column.
 *
 * <pre>
 *   a LEFT JOIN b ON b.x IN (SELECT …)      Join LEFT on $in
 *                                      →      a
 *                                             Project b.*, $in = b.x IN …
 * </pre>
 */
final class SubqueriesOfOn {

    private final PlanLowering lowering;
    private final Scope scope;
    private final int leftFields;
    private final Map<RexSubQuery, Value> values = new HashMap<>();
    private Lowered left;
    private Lowered right;

    /** Where a subquery's value is: in a column of one of the inputs. */
    private record Value(boolean ofLeft, int column) {}

    /**
     * @param leftFields how many columns are of the left where the condition counts them
     */
    SubqueriesOfOn(PlanLowering lowering, Scope scope, Lowered left, Lowered right, int leftFields) {
        this.lowering = lowering;
        this.scope = scope;
        this.left = left;
        this.right = right;
        this.leftFields = leftFields;
    }

    /** Puts the values of a condition's subqueries behind the inputs. */
    void compute(RexNode on) {
        for (RexSubQuery query : OuterReferences.subqueries(on)) {
            if (!OuterReferences.of(query.rel).isEmpty()) {
                throw SqlErrors.unsupported(
                        "a subquery in ON of an outer join that refers to the query around it is not supported",
                        "compute it in a subquery in FROM, and compare its column in ON",
                        query.getParserPosition());
            }
            boolean ofLeft = ofLeft(query);
            Lowered rows = ofLeft ? left : right;
            RowScope computed = new RowScope(lowering, rows, scope);
            RexNode shifted = ofLeft ? query : RexUtil.shift(query, -leftFields);
            Expression value = computed.lower(shifted);
            PlanNode node = Queries.with(computed.node(), List.of(value));
            values.put(query, new Value(ofLeft, node.rowType().size() - 1));
            Lowered with = new Lowered(node, rows.width(), rows.scope());
            left = ofLeft ? with : left;
            right = ofLeft ? right : with;
        }
    }

    private boolean ofLeft(RexSubQuery query) {
        boolean ofLeft = false;
        boolean ofRight = false;
        for (RexNode operand : query.getOperands()) {
            if (!OuterReferences.subqueries(operand).isEmpty()) {
                throw mixed(query);
            }
            for (int field : RelOptUtil.InputFinder.bits(operand)) {
                ofLeft |= field < leftFields;
                ofRight |= field >= leftFields;
            }
        }
        if (ofLeft && ofRight) {
            throw mixed(query);
        }
        return ofLeft;
    }

    private static RuntimeException mixed(RexSubQuery query) {
        return SqlErrors.unsupported(
                "a subquery in ON of an outer join that is compared with columns of both sides is not supported",
                "compare it with an expression of one side",
                query.getParserPosition());
    }

    Lowered left() {
        return left;
    }

    Lowered right() {
        return right;
    }

    /**
     * Returns the column of the join's inputs that holds a subquery's value, or −1.
     *
     * @param behind where the right input's columns start
     */
    int place(RexSubQuery query, int behind) {
        Value value = values.get(query);
        return value == null ? -1 : value.ofLeft() ? value.column() : behind + value.column();
    }
}
