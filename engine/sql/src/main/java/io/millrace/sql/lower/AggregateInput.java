package io.millrace.sql.lower;

import io.millrace.plan.PlanNode;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Column;
import java.util.ArrayList;
import java.util.List;

/** The rows below aggregate functions, and behind their columns what the functions take of them in another type. */
final class AggregateInput {

    private final PlanNode original;
    private final List<Expression> added = new ArrayList<>();

    AggregateInput(PlanNode original) {
        this.original = original;
    }

    /** Returns the rows without what was added. */
    PlanNode original() {
        return original;
    }

    /** Returns the column that an expression of the rows is. */
    int column(Expression expression) {
        if (expression instanceof Column column) {
            return column.index();
        }
        if (!added.contains(expression)) {
            added.add(expression);
        }
        return original.rowType().size() + added.indexOf(expression);
    }

    /** Returns the rows with all that was added. */
    PlanNode node() {
        return added.isEmpty() ? original : Queries.with(original, added);
    }
}
