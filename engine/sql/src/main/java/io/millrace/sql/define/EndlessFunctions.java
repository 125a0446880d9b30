package io.millrace.sql.define;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Aggregate;
import io.millrace.plan.PlanNode.Filter;
import io.millrace.plan.PlanNode.Join;
import io.millrace.plan.PlanNode.Project;
import io.millrace.plan.PlanNode.WindowAggregate;
import io.millrace.plan.UserAggregate;
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
        aggregates(node).forEach(call -> check(call, node, query));
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

    private static void check(AggregateCall call, PlanNode node, SqlNode query) {
        UserAggregate user = call.user();
        if (user == null) {
            return;
        }
        boolean changing = node.inputs().stream().anyMatch(input -> Plan.updating(input) || Plan.lookedUp(input));
        if (changing && !user.retracts()) {
            throw SqlErrors.unsupported(
                    "aggregate function '" + call.name() + "' has no method retract, and rows that it is given change",
                    "add the method to its class, or call it below, where rows only come: groups of windows stay",
                    query.getParserPosition());
        }
        if ((changing || Plan.updates(node)) && !user.function().deterministic()) {
            throw SqlErrors.unsupported(
                    "aggregate function '" + call.name() + "' is not deterministic, and its groups change: a row that"
                            + " goes would not be the one that came",
                    "group by a window, which gives its rows once",
                    query.getParserPosition());
        }
    }

    private static Stream<AggregateCall> aggregates(PlanNode node) {
        return switch (node) {
            case Aggregate aggregate -> aggregate.aggregates().stream();
            case WindowAggregate aggregate -> aggregate.aggregates().stream();
            default -> Stream.empty();
        };
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
