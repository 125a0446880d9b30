package io.millrace.server.engine;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.operator.LaneReport;
import java.util.List;

/** How an operator's rows go by lanes, as a line of EXPLAIN. */
final class LaneText {

    private LaneText() {}

    static String of(PlanNode node, LaneReport lanes) {
        if (!lanes.first().equals(node.id())) {
            return "in the lanes of " + lanes.first();
        }
        return lanes.lanes() + " lanes by " + keys(lanes.keys()) + ", put aside on disk where memory is short";
    }

    private static String keys(List<List<String>> keys) {
        String first = String.join(", ", keys.getFirst());
        return keys.size() == 1
                ? first
                : first + " of the left and " + String.join(", ", keys.get(1)) + " of the right";
    }
}
