package io.millrace.server.engine;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.json.PlanJson;
import io.millrace.plan.text.PlanText;
import io.millrace.runtime.operator.LaneReport;
import io.millrace.runtime.operator.OperatorReport;
import io.millrace.runtime.pump.PumpReport;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans with what their operators did. */
final class MeasuredPlan {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private MeasuredPlan() {}

    /** Returns a line that says what a pump has done as a whole. */
    static String head(PumpReport report) {
        long held =
                report.operators().stream().mapToLong(OperatorReport::heldBytes).sum();
        return String.format(
                Locale.ROOT,
                "open for %.1f s, holds %s, last checkpoint %s (%s new, %.1f ms); since it was created %,d rows"
                        + " in, %,d out, %,d late, %,d rejected",
                report.nanosOpen() / 1e9,
                bytes(held),
                bytes(report.checkpoint().bytes()),
                bytes(report.checkpoint().writtenBytes()),
                report.checkpoint().heldNanos() / 1e6,
                report.status().rowsIn(),
                report.status().rowsOut(),
                report.status().lateRows(),
                report.status().rejectedRows());
    }

    /**
     * Returns the plan as text.
     *
     * @param seconds the time in which the operators did what is reported
     * @param head a line above all
     * @param scans says more of a scan by its id, or null
     */
    static String text(
            Plan plan,
            List<OperatorReport> operators,
            double seconds,
            String head,
            Function<String, @Nullable String> scans) {
        Map<String, OperatorReport> byId = byId(operators);
        return head + "\n"
                + PlanText.render(plan, node -> {
                    List<String> lines = new ArrayList<>(lines(node, byId.get(node.id()), seconds, plan.endless()));
                    String more = scans.apply(node.id());
                    if (more != null) {
                        lines.addFirst(more);
                    }
                    return lines;
                });
    }

    private static List<String> lines(PlanNode node, @Nullable OperatorReport report, double seconds, boolean endless) {
        if (report == null) {
            return List.of("measured with the operator above");
        }
        List<String> lines = new ArrayList<>();
        LaneReport lanes = report.lanes();
        if (lanes != null) {
            lines.add(LaneText.of(node, lanes));
        }
        String in = node.inputs().isEmpty() ? "" : String.format(Locale.ROOT, "%,d rows in, ", report.rowsIn());
        lines.add(String.format(
                Locale.ROOT,
                "measured %s%,d rows out in %,d batches, %,.0f/s, %.3f ms",
                in,
                report.rowsOut(),
                report.batchesOut(),
                seconds > 0 ? report.rowsOut() / seconds : 0.0,
                report.nanos() / 1e6));
        lines.add("holds " + bytes(report.heldBytes())
                + (report.spilledBytes() == 0 ? "" : ", put " + bytes(report.spilledBytes()) + " aside on disk"));
        if (lanes != null && lanes.asideBytes() > 0) {
            lines.add(lanes.lanesAside() + " of " + lanes.lanes() + " lanes are on disk, with "
                    + bytes(lanes.asideBytes()) + " of its state");
        }
        LocalDateTime bound = endless ? Listings.time(report.rowtimeBound()) : null;
        if (bound != null) {
            lines.add("no ROWTIME before " + bound + " follows");
        }
        return lines;
    }

    /** Returns the plan as JSON, and beside it the operators by the ids of their nodes. */
    static String json(Plan plan, List<OperatorReport> operators, double seconds) {
        String measured = operators.stream()
                .map(report -> String.format(
                        Locale.ROOT,
                        "    {\"id\": \"%s\", \"rowsIn\": %d, \"rowsOut\": %d, \"batchesOut\": %d,"
                                + " \"seconds\": %.6f, \"heldBytes\": %d, \"spilledBytes\": %d%s}",
                        report.id(),
                        report.rowsIn(),
                        report.rowsOut(),
                        report.batchesOut(),
                        report.nanos() / 1e9,
                        report.heldBytes(),
                        report.spilledBytes(),
                        lanes(report.lanes())))
                .collect(Collectors.joining(",\n"));
        return String.format(
                Locale.ROOT,
                "{\n  \"seconds\": %.6f,\n  \"operators\": [\n%s\n  ],\n  \"plan\": %s\n}",
                seconds,
                measured,
                PlanJson.writeIndented(plan).indent(2).strip());
    }

    private static String lanes(@Nullable LaneReport lanes) {
        return lanes == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", \"lanes\": %d, \"lanesAside\": %d, \"asideBytes\": %d",
                        lanes.lanes(),
                        lanes.lanesAside(),
                        lanes.asideBytes());
    }

    private static Map<String, OperatorReport> byId(List<OperatorReport> operators) {
        Map<String, OperatorReport> byId = new HashMap<>();
        operators.forEach(report -> byId.put(report.id(), report));
        return byId;
    }

    /** Returns a size in the largest unit of which there is one at least. */
    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }
}
