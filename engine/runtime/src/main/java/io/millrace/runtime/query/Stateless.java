package io.millrace.runtime.query;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;

/**
 * Plans whose operators keep nothing from step to step. A step of such a plan gives the same rows in the same order
 * whenever it is repeated, so that a position in what it reads is a position in its answer.
 */
public final class Stateless {

    private Stateless() {}

    /**
     * Fails where a plan keeps something.
     *
     * @throws MillraceException {@code UNSUPPORTED}, with the operator
     */
    public static void check(Plan plan) {
        if (!stateless(plan.root())) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "an answer can be resumed only where its query keeps nothing from row to row: filters and"
                            + " expressions over streams",
                    "have a pump write this query into a stream and select from that, or connect without resume");
        }
    }

    private static boolean stateless(PlanNode node) {
        return switch (node) {
            case PlanNode.Scan scan -> true;
            case PlanNode.Filter filter -> stateless(filter.input());
            case PlanNode.Project project -> stateless(project.input());
            case PlanNode.Unnest unnest -> stateless(unnest.input());
            case PlanNode.UnionAll union -> union.inputs().stream().allMatch(Stateless::stateless);
            default -> false;
        };
    }
}
