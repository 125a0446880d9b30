package io.millrace.sql.lower;

import io.millrace.plan.JoinType;
import io.millrace.plan.PlanNode;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.sql.rewrite.Nodes;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * A subquery of EXISTS or IN whose conditions alone refer outward: it is joined by them as it is.
 *
 * @param rows what is read, which refers to nothing outside
 * @param conditions what must hold of its rows and those outside
 * @param values what it gives, over its rows; null where that is its rows
 */
record DirectJoin(
        RelNode rows, List<RexNode> conditions, @Nullable List<RexNode> values) {

    /** Returns the join where a subquery refers outward and has this form, or null. */
    static @Nullable DirectJoin find(RelNode rel) {
        if (OuterReferences.of(rel).isEmpty()) {
            return null;
        }
        List<RexNode> values = null;
        RelNode below = rel;
        if (below instanceof LogicalProject project) {
            values = project.getProjects();
            below = project.getInput();
        }
        if (!(below instanceof LogicalFilter filter)
                || !OuterReferences.of(filter.getInput()).isEmpty()
                || !OuterReferences.subqueries(filter.getCondition()).isEmpty()
                || (values != null
                        && values.stream()
                                .anyMatch(e -> !OuterReferences.subqueries(e).isEmpty()))) {
            return null;
        }
        return new DirectJoin(filter.getInput(), RelOptUtil.conjunctions(filter.getCondition()), values);
    }

    /**
     * @param equal what the subquery's values must be equal to, by place; none where it is enough that it has rows
     */
    PlanNode join(RowScope row, JoinType type, List<Expression> equal) {
        PlanNode right = row.lowering().lower(rows);
        ExpressionLowering expressions = row.beside(right);
        List<Expression> parts = new ArrayList<>();
        conditions.forEach(condition -> parts.add(expressions.lower(condition)));
        for (int i = 0; i < equal.size(); i++) {
            Expression value =
                    values == null ? Queries.ofRight(row.node(), right, i) : expressions.lower(values.get(i));
            parts.add(Queries.compare(ScalarFunction.EQUAL, equal.get(i), value));
        }
        return Nodes.join(row.node(), right, type, Queries.all(parts));
    }
}
