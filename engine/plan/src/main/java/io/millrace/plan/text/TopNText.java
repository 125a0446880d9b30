package io.millrace.plan.text;

import io.millrace.plan.OverCall.Ranking;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode.TopN;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Which rows of partitions are put out, and for how long rows are kept. */
final class TopNText {

    private TopNText() {}

    static List<String> details(TopN top, boolean endless) {
        List<String> lines = new ArrayList<>();
        if (!top.partition().isEmpty()) {
            lines.add("partition "
                    + top.partition().stream().map(key -> name(top, key)).collect(Collectors.joining(", ")));
        }
        if (!top.order().isEmpty()) {
            lines.add("order "
                    + top.order().stream()
                            .map(key -> PlanText.key(key, top.input()))
                            .collect(Collectors.joining(", ")));
        }
        lines.add(top.ranking() + " from " + (top.offset() + 1) + (end(top) < 0 ? "" : " to " + end(top))
                + (top.placed() ? " as " + top.rowType().fields().getLast().name() : ""));
        if (endless) {
            lines.add("state: " + state(top));
        }
        return lines;
    }

    private static long end(TopN top) {
        return top.offset() + top.limit();
    }

    private static String state(TopN top) {
        if (top.inOrderOfTime()) {
            return "a row is kept until " + name(top, top.timeColumn())
                    + " has passed it, and for ever of each partition how many rows it has put out";
        }
        String rows = Plan.updating(top.input()) || end(top) < 0
                ? "all rows of a partition are kept"
                : "of a partition the rows up to place " + end(top)
                        + (top.ranking() == Ranking.ROW_NUMBER ? "" : " and those that share it") + " are kept";
        return rows
                + (top.completesPartitions()
                        ? " until " + name(top, top.timeColumn()) + " has passed, and then put out"
                        : " for ever");
    }

    private static String name(TopN top, int column) {
        return top.input().rowType().field(column).name();
    }
}
