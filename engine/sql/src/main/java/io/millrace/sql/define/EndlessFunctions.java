package io.millrace.sql.define;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Filter;
import io.millrace.plan.PlanNode.Join;
import io.millrace.plan.PlanNode.Project;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.UserCall;
import io.millrace.sql.error.SqlErrors;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNode;

/**
 * What users' functions cannot do in a query that never ends: a row that goes must go as it came, so what is computed
 * of it must be the same a second time.
 */
final class EndlessFunctions {

    private EndlessFunctions() {}

    static void check(PlanNode node, SqlNode query) {
        node.inputs().forEach(input -> check(input, query));
        if (node.inputs().stream().anyMatch(Plan::updating) || node instanceof Join) {
            expressions(node).flatMap(EndlessFunctions::calls).forEach(call -> {
                if (!call.function().deterministic()) {
                    throw SqlErrors.unsupported(
                            "function '" + call.function().name() + "' is not deterministic, and is called for rows"
                                    + " that change: one that goes would not be the one that came",
                            "call it below, where rows only come, and use its column",
                            query.getParserPosition());
                }
            });
        }
    }

    private static Stream<Expression> expressions(PlanNode node) {
        return switch (node) {
            case Filter filter -> Stream.of(filter.condition());
            case Project project -> project.expressions().stream();
            case Join join -> Stream.ofNullable(join.condition());
            default -> Stream.empty();
        };
    }

    private static Stream<UserCall> calls(Expression expression) {
        Stream<UserCall> own = expression instanceof UserCall call ? Stream.of(call) : Stream.empty();
        List<Expression> parts = expression.parts();
        return Stream.concat(own, parts.stream().flatMap(EndlessFunctions::calls));
    }
}
