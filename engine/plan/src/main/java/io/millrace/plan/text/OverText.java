package io.millrace.plan.text;

import io.millrace.plan.Frame;
import io.millrace.plan.Frame.Exclusion;
import io.millrace.plan.OverCall;
import io.millrace.plan.OverCall.Aggregated;
import io.millrace.plan.OverCall.Picked;
import io.millrace.plan.OverCall.Ranked;
import io.millrace.plan.OverCall.Shifted;
import io.millrace.plan.PlanNode.Over;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What an operator does that computes values from the rows around. */
final class OverText {

    private OverText() {}

    static List<String> details(Over over) {
        List<String> lines = new ArrayList<>();
        if (!over.partition().isEmpty()) {
            lines.add("partition "
                    + over.partition().stream().map(k -> name(over, k)).collect(Collectors.joining(", ")));
        }
        if (!over.order().isEmpty()) {
            lines.add("order "
                    + over.order().stream()
                            .map(k -> PlanText.key(k, over.input()))
                            .collect(Collectors.joining(", ")));
        }
        int first = over.input().rowType().size();
        for (int i = 0; i < over.calls().size(); i++) {
            lines.add(over.rowType().field(first + i).name() + " = "
                    + call(over.calls().get(i), over));
        }
        return lines;
    }

    private static String call(OverCall call, Over over) {
        return switch (call) {
            case Aggregated c -> PlanText.call(c.call(), over.input()) + " " + frame(c.frame(), over);
            case Picked c -> picked(c, over) + " " + frame(c.frame(), over);
            case Shifted c ->
                (c.distance() < 0 ? "LAG(" : "LEAD(") + name(over, c.argument()) + ", " + Math.abs(c.distance())
                        + (c.otherwise() == Shifted.NULL ? "" : ", " + name(over, c.otherwise())) + ")"
                        + nulls(c.ignoreNulls());
            case Ranked c -> c.ranking() + "(" + (c.buckets() > 0 ? c.buckets() : "") + ")";
        };
    }

    private static String picked(Picked call, Over over) {
        String argument = name(over, call.argument());
        String text = call.place() < 0
                ? "LAST_VALUE(" + argument + ")"
                : call.place() == 1
                        ? "FIRST_VALUE(" + argument + ")"
                        : "NTH_VALUE(" + argument + ", " + call.place() + ")";
        return text + nulls(call.ignoreNulls());
    }

    private static String nulls(boolean ignored) {
        return ignored ? " IGNORE NULLS" : "";
    }

    private static String frame(Frame frame, Over over) {
        return frame.unit() + " " + edge(frame.start(), frame, over) + " … " + edge(frame.end(), frame, over)
                + (frame.exclusion() == Exclusion.NO_OTHERS ? "" : " without " + excluded(frame));
    }

    private static String excluded(Frame frame) {
        return switch (frame.exclusion()) {
            case NO_OTHERS -> "others";
            case CURRENT_ROW -> "current";
            case GROUP -> "current and its ties";
            case TIES -> "ties of current";
            case LATER -> "later ties of current";
        };
    }

    private static String edge(long edge, Frame frame, Over over) {
        if (edge == Frame.FIRST) {
            return "first";
        }
        if (edge == Frame.LAST) {
            return "last";
        }
        if (edge == 0) {
            return "current";
        }
        boolean time = frame.byRange()
                && over.input()
                                .rowType()
                                .field(over.order().getFirst().column())
                                .type()
                        instanceof DataType.TimestampType;
        String distance = time ? DurationText.micros(Math.abs(edge)) : String.valueOf(Math.abs(edge));
        return (edge < 0 ? "−" : "+") + distance;
    }

    private static String name(Over over, int column) {
        RowType input = over.input().rowType();
        return input.field(column).name();
    }
}
