package io.millrace.plan.text;

import io.millrace.plan.Emission;
import io.millrace.plan.OverCall;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Aggregate;
import io.millrace.plan.PlanNode.Consolidate;
import io.millrace.plan.PlanNode.Join;
import io.millrace.plan.PlanNode.Match;
import io.millrace.plan.PlanNode.Over;
import io.millrace.plan.PlanNode.TopN;
import io.millrace.plan.PlanNode.Window;
import io.millrace.plan.PlanNode.WindowAggregate;
import io.millrace.plan.StateTtl;
import io.millrace.plan.WindowSpec;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an operator of an endless query remembers, and until when. */
final class StateText {

    private StateText() {}

    /** Returns a line, or none where an operator keeps nothing from step to step or says so in words of its own. */
    static List<String> of(PlanNode node) {
        String state = state(node);
        return state == null ? List.of() : List.of("state: " + state);
    }

    /** Returns what the first line of a plan says of how long state is kept. */
    static String ttl(StateTtl ttl) {
        StringBuilder text = new StringBuilder();
        if (ttl.micros() != StateTtl.FOR_EVER) {
            text.append(", state without rows for ")
                    .append(duration(ttl.micros()))
                    .append(" is forgotten");
        }
        ttl.byStream()
                .forEach((stream, micros) -> text.append(", that of ")
                        .append(stream)
                        .append(micros == StateTtl.FOR_EVER ? " never" : " after " + duration(micros)));
        return text.toString();
    }

    private static Duration duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    /**
     * Says of what an operator keeps for ever for how long it does so, where the plan forgets state without rows.
     *
     * @param line any line about the operator
     */
    static String lasting(String line, PlanNode node, StateTtl ttl) {
        long micros = node instanceof Join join
                ? ttl.of(line.startsWith(JoinText.STATE_OF_LEFT) ? join.left() : join.right())
                : ttl.of(node);
        return micros > 0 && forgets(node)
                ? line.replace("for ever", "while rows come within " + duration(micros))
                        .replace("may need them", "may need them, and rows come within " + duration(micros))
                : line;
    }

    private static boolean forgets(PlanNode node) {
        return switch (node) {
            case Aggregate aggregate -> !aggregate.keys().isEmpty();
            case TopN top -> top.inOrderOfTime();
            case Over over -> true;
            default -> node instanceof Match || node instanceof Join;
        };
    }

    private static @Nullable String state(PlanNode node) {
        return switch (node) {
            case WindowAggregate aggregate -> {
                String time = name(aggregate.input(), aggregate.timeColumn());
                String end = aggregate.window() instanceof WindowSpec.Session ? "session" : "window";
                yield "a group is kept until " + time + " has passed the end of its " + end
                        + lateness(aggregate.emission());
            }
            case Aggregate aggregate -> aggregate(aggregate);
            case Window window
            when window.window() instanceof WindowSpec.Session -> "rows are kept until their session has ended";
            case Over over ->
                "a row is kept until "
                        + name(over.input(), over.order().getFirst().column())
                        + " has passed it" + behind(over)
                        + " and no frame reaches back to it; of frames from the first row on, what they"
                        + " have come to is kept for ever";
            case Match match -> "rows are kept for as long as a match that has begun may need them";
            case Consolidate consolidate
            when consolidate.everyMicros() > 0 -> "what has changed is kept until it is put out";
            default -> null;
        };
    }

    private static String behind(Over over) {
        long rows = over.calls().stream().mapToLong(OverCall::rowsBehind).max().orElse(0);
        return rows == 0
                ? ""
                : ", " + rows + (rows == 1 ? " row has" : " rows have") + " come behind it in its partition,";
    }

    private static String aggregate(Aggregate aggregate) {
        if (aggregate.closing() != null) {
            return "a group is kept until it closes"
                    + lateness(aggregate.closing().emission());
        }
        if (aggregate.keys().isEmpty()) {
            return "one group is kept for ever";
        }
        return Plan.updating(aggregate.input())
                ? "a group is kept for as long as it has rows"
                : "groups are kept for ever";
    }

    private static String lateness(Emission emission) {
        return emission.latenessMicros() == 0 ? "" : " by " + DurationText.micros(emission.latenessMicros());
    }

    private static String name(PlanNode node, int column) {
        return node.rowType().field(column).name();
    }
}
