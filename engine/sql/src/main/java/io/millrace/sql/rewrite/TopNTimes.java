package io.millrace.sql.rewrite;

import io.millrace.plan.Emission;
import io.millrace.plan.OverCall.Ranking;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Filter;
import io.millrace.plan.PlanNode.Project;
import io.millrace.plan.PlanNode.TopN;
import io.millrace.plan.PlanNode.Window;
import io.millrace.plan.PlanNode.WindowAggregate;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.ScalarFunction;
import java.util.OptionalInt;

/**
 * Finds the time that says when the places of rows are final: that of a partition, which is then put out as a whole, or
 * that by which rows come into their places.
 */
final class TopNTimes {

    private TopNTimes() {}

    /** @param emission when what time completes is put out */
    static TopN apply(TopN top, Emission emission) {
        if (Plan.updating(top.input())) {
            return top;
        }
        if (!emission.early()) {
            OptionalInt column = partitionTime(top);
            if (column.isPresent()) {
                return Nodes.top(top, top.input(), column.getAsInt());
            }
        }
        return top.ranking() == Ranking.ROW_NUMBER && FormTopN.byRowtime(top.input(), top.order())
                ? Nodes.top(top, top.input(), top.order().getFirst().column())
                : top;
    }

    /** Returns the column by which partitions are complete: the rows' ROWTIME, or a time before it. */
    private static OptionalInt partitionTime(TopN top) {
        OptionalInt rowtime = top.partition().stream()
                .mapToInt(Integer::intValue)
                .filter(column -> Lineage.isRowtime(top.input(), column))
                .findFirst();
        return rowtime.isPresent()
                ? rowtime
                : top.partition().stream()
                        .mapToInt(Integer::intValue)
                        .filter(column -> Lineage.bounded(top.input(), column) && notAfter(top.input(), column))
                        .findFirst();
    }

    /** Returns whether a column is never after the ROWTIME of its row: then its bound is one of ROWTIME too. */
    private static boolean notAfter(PlanNode node, int column) {
        return switch (node) {
            case Filter filter -> notAfter(filter.input(), column);
            case Project project ->
                notAfter(project.input(), project.expressions().get(column));
            case Window window -> {
                int start = window.input().rowType().size();
                yield column == start || (column < start && notAfter(window.input(), column));
            }
            case WindowAggregate aggregate -> column == aggregate.keys().size();
            default -> Lineage.isRowtime(node, column);
        };
    }

    private static boolean notAfter(PlanNode input, Expression expression) {
        return switch (expression) {
            case Column column -> notAfter(input, column.index());
            case Call call
            when call.function() == ScalarFunction.FLOOR || call.function() == ScalarFunction.STEP ->
                notAfter(input, call.arguments().getFirst());
            default -> false;
        };
    }
}
