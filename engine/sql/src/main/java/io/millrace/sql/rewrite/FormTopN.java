package io.millrace.sql.rewrite;

import io.millrace.plan.OverCall.Ranked;
import io.millrace.plan.OverCall.Ranking;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Filter;
import io.millrace.plan.PlanNode.Over;
import io.millrace.plan.PlanNode.Sort;
import io.millrace.plan.PlanNode.TopN;
import io.millrace.plan.RowCount;
import io.millrace.plan.SortKey;
import io.millrace.plan.expression.Expression;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one operator of places and of what is asked of them.
 *
 * <pre>
 *   Filter $rank <= 3                                            TopN partition a, order b DESC,
 *     Over partition a, order b DESC, $rank = ROW_NUMBER()   →       ROW_NUMBER from 1 to 3
 *       …                                                          …
 * </pre>
 */
public final class FormTopN {

    private FormTopN() {}

    /**
     * Applies the rule to all nodes, filters having been moved down.
     *
     * @param endless whether the query goes on: then ORDER BY with LIMIT is a TopN too
     */
    public static PlanNode apply(PlanNode root, boolean endless) {
        return form(Simplify.apply(root), endless);
    }

    private static PlanNode form(PlanNode node, boolean endless) {
        PlanNode formed = Nodes.withInputs(
                node, node.inputs().stream().map(input -> form(input, endless)).toList());
        return switch (formed) {
            case Filter filter when filter.input() instanceof Over over -> filtered(filter, over, endless);
            case Sort sort when endless && !sort.keys().isEmpty() -> sorted(sort);
            default -> formed;
        };
    }

    private static PlanNode filtered(Filter filter, Over over, boolean endless) {
        if (over.calls().size() != 1
                || !(over.calls().getFirst() instanceof Ranked call)
                || call.ranking().ofWhole()
                || (call.ranking() != Ranking.ROW_NUMBER && byRowtime(over.input(), over.order()))) {
            return filter;
        }
        Places places = Places.ALL;
        List<Expression> others = new ArrayList<>();
        for (Expression part : Conditions.parts(filter.condition())) {
            Places said = Places.of(part, over.input().rowType().size());
            if (said == null) {
                others.add(part);
            } else {
                places = places.and(said);
            }
        }
        boolean later = endless && places.later() && !byRowtime(over.input(), over.order());
        if (!places.some() && !later) {
            return filter;
        }
        TopN top = new TopN(
                Nodes.NO_ID,
                over.input(),
                over.rowType(),
                over.partition(),
                over.order(),
                call.ranking(),
                places.first() - 1,
                later ? Long.MAX_VALUE : places.last() - places.first() + 1,
                -1);
        return others.isEmpty() ? top : new Filter(Nodes.NO_ID, top, Conditions.all(others));
    }

    private static PlanNode sorted(Sort sort) {
        if (sort.limit() instanceof RowCount.Parameter || sort.offset() instanceof RowCount.Parameter) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "LIMIT and OFFSET behind ORDER BY take no parameter in a query that goes on",
                    "write the number into the statement");
        }
        long limit = sort.limit().orElse(-1);
        return limit < 0 ? sort : top(sort, sort.offset().orElse(0), limit);
    }

    private static PlanNode top(Sort sort, long offset, long limit) {
        return new TopN(
                Nodes.NO_ID,
                sort.input(),
                sort.rowType(),
                List.of(),
                sort.keys(),
                Ranking.ROW_NUMBER,
                offset,
                limit,
                -1);
    }

    /** Returns whether rows come into this order as time goes on. */
    static boolean byRowtime(PlanNode input, List<SortKey> order) {
        return !order.isEmpty()
                && !order.getFirst().descending()
                && Lineage.isRowtime(input, order.getFirst().column());
    }
}
