package io.millrace.sql.rewrite;

import io.millrace.plan.Emission;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Aggregate;
import io.millrace.plan.PlanNode.Closing;
import io.millrace.plan.PlanNode.Project;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.TimestampType;
import org.jspecify.annotations.Nullable;

/** Finds the key of a grouping that grows with ROWTIME, which says when a group is complete. */
final class ClosingGroups {

    private static final Column BOUND = new Column(0, DataType.TIMESTAMP, false);

    private ClosingGroups() {}

    static Aggregate apply(Aggregate aggregate, Emission emission) {
        for (int i = 0; i < aggregate.keys().size(); i++) {
            Expression ofBound = ofBound(aggregate.input(), aggregate.keys().get(i));
            if (ofBound != null) {
                return new Aggregate(
                        aggregate.id(),
                        aggregate.input(),
                        aggregate.rowType(),
                        aggregate.keys(),
                        aggregate.aggregates(),
                        new Closing(i, ofBound, emission));
            }
        }
        return aggregate;
    }

    private static @Nullable Expression ofBound(PlanNode input, int column) {
        if (input instanceof Project project) {
            Expression expression = project.expressions().get(column);
            return grows(expression, project.input()) ? Columns.substitute(expression, index -> BOUND) : null;
        }
        return Lineage.isRowtime(input, column) ? BOUND : null;
    }

    private static boolean grows(Expression expression, PlanNode input) {
        return switch (expression) {
            case Column column -> Lineage.isRowtime(input, column.index());
            case Cast cast ->
                (cast.type() instanceof DateType || cast.type() instanceof TimestampType)
                        && cast.operand().type() instanceof TimestampType
                        && grows(cast.operand(), input);
            case Call call ->
                switch (call.function()) {
                    case FLOOR, CEIL, STEP, PLUS, MINUS ->
                        grows(call.arguments().getFirst(), input)
                                && call.arguments().stream().skip(1).allMatch(Literal.class::isInstance);
                    default -> false;
                };
            default -> false;
        };
    }
}
