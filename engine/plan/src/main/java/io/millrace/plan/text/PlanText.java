package io.millrace.plan.text;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Aggregate;
import io.millrace.plan.PlanNode.Changes;
import io.millrace.plan.PlanNode.Closing;
import io.millrace.plan.PlanNode.Consolidate;
import io.millrace.plan.PlanNode.Filter;
import io.millrace.plan.PlanNode.Join;
import io.millrace.plan.PlanNode.Match;
import io.millrace.plan.PlanNode.Over;
import io.millrace.plan.PlanNode.Project;
import io.millrace.plan.PlanNode.Repeat;
import io.millrace.plan.PlanNode.Scan;
import io.millrace.plan.PlanNode.Sort;
import io.millrace.plan.PlanNode.TopN;
import io.millrace.plan.PlanNode.UnionAll;
import io.millrace.plan.PlanNode.Unnest;
import io.millrace.plan.PlanNode.Values;
import io.millrace.plan.PlanNode.Window;
import io.millrace.plan.PlanNode.WindowAggregate;
import io.millrace.plan.Rowtime;
import io.millrace.plan.SortKey;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A plan as a tree of lines: an operator, below it what it does and the row it puts out, below that its
 * inputs.
 *
 * <pre>
 * endless
 * Filter filter-0d9f52aa, append-only
 *     condition (price &gt; 10.00)
 *     row (symbol VARCHAR, price DECIMAL(10, 2))
 *   Scan scan-5b1c0e77, append-only
 *       …
 * </pre>
 */
public final class PlanText {

    private PlanText() {}

    /** Renders a plan, lines separated by line feeds, none at the end. */
    public static String render(Plan plan) {
        return render(plan, node -> List.of());
    }

    /**
     * Renders a plan with more to say of its operators.
     *
     * @param more lines to put below what an operator does
     */
    public static String render(Plan plan, Function<PlanNode, List<String>> more) {
        List<String> lines = new ArrayList<>();
        String rowtime = plan.rowtimeColumn() < 0
                ? ""
                : ", rowtime " + plan.rowType().field(plan.rowtimeColumn()).name();
        lines.add((plan.endless() ? "endless" : "bounded") + rowtime + StateText.ttl(plan.ttl()));
        append(plan.root(), plan, "", more, lines);
        return String.join("\n", lines);
    }

    private static void append(
            PlanNode node, Plan plan, String indent, Function<PlanNode, List<String>> more, List<String> lines) {
        boolean endless = plan.endless();
        String changes = Plan.updating(node) ? ", updating" : ", append-only";
        lines.add(indent + node.getClass().getSimpleName() + " " + node.id() + (endless ? changes : ""));
        for (String detail : details(node, endless)) {
            lines.add(indent + "    " + StateText.lasting(detail, node, plan.ttl()));
        }
        if (endless) {
            StateText.of(node).forEach(line -> lines.add(indent + "    " + StateText.lasting(line, node, plan.ttl())));
        }
        more.apply(node).forEach(line -> lines.add(indent + "    " + line));
        lines.add(indent + "    row " + row(node.rowType()));
        for (PlanNode input : node.inputs()) {
            append(input, plan, indent + "  ", more, lines);
        }
    }

    private static List<String> details(PlanNode node, boolean endless) {
        return switch (node) {
            case Scan scan -> scan(scan);
            case Values values -> values(values);
            case Filter filter ->
                List.of("condition "
                        + ExpressionText.render(
                                filter.condition(), filter.input().rowType()));
            case Project project -> project(project);
            case Window window -> window(window);
            case WindowAggregate aggregate -> windowAggregate(aggregate);
            case Aggregate aggregate -> aggregate(aggregate);
            case Over over -> OverText.details(over);
            case TopN top -> TopNText.details(top, endless);
            case Match match -> MatchText.details(match);
            case UnionAll union -> List.of();
            case Sort sort -> sort(sort);
            case Join join -> JoinText.render(join, endless);
            case Unnest unnest ->
                List.of("elements of " + name(unnest.input(), unnest.array())
                        + (unnest.ordinality() ? ", with their place" : "")
                        + (unnest.outer() ? ", NULL where there are none" : ""));
            case Consolidate consolidate ->
                List.of(
                        consolidate.everyMicros() == 0
                                ? "net changes of each step"
                                : "net changes every " + DurationText.micros(consolidate.everyMicros()));
            case Changes changes -> List.of();
            case Repeat repeat -> List.of("as often as " + name(repeat.input(), repeat.count()));
        };
    }

    private static List<String> scan(Scan scan) {
        List<String> lines = new ArrayList<>();
        lines.add(
                switch (scan.rowtime()) {
                    case Rowtime.Changing changing -> "table " + scan.stream();
                    case Rowtime.Present present -> "table " + scan.stream() + " as it is in each step";
                    case Rowtime.Asked asked -> "table " + scan.stream() + " of another database, asked by key";
                    case Rowtime.Arrival arrival -> "stream " + scan.stream();
                    case Rowtime.EventTime time -> "stream " + scan.stream();
                });
        if (scan.rowtimeColumn() >= 0) {
            lines.add("rowtime " + scan.rowType().field(scan.rowtimeColumn()).name());
        }
        if (scan.rowtime() instanceof Rowtime.Changing changing && changing.time() != null) {
            lines.add("watermark for " + changing.time() + ", as far as the view has come");
        }
        if (scan.rowtime() instanceof Rowtime.EventTime time) {
            lines.add("watermark for " + time.column() + ", delay " + DurationText.micros(time.delayMicros())
                    + ", idle after " + DurationText.micros(time.idleMicros()));
        }
        return lines;
    }

    private static List<String> values(Values values) {
        return values.rows().stream()
                .map(row -> row.stream()
                        .map(e -> ExpressionText.render(e, i -> "?"))
                        .collect(Collectors.joining(", ", "(", ")")))
                .toList();
    }

    private static List<String> project(Project project) {
        List<String> lines = new ArrayList<>();
        RowType input = project.input().rowType();
        for (int i = 0; i < project.expressions().size(); i++) {
            String name = project.rowType().field(i).name();
            String text = ExpressionText.render(project.expressions().get(i), input);
            lines.add(text.equals(name) ? name : name + " = " + text);
        }
        return lines;
    }

    private static List<String> windowAggregate(WindowAggregate node) {
        List<String> lines = new ArrayList<>();
        lines.add(WindowText.window(node.window(), name(node.input(), node.timeColumn())));
        lines.addAll(grouping(node.input(), node.keys(), node.aggregates(), node.rowType(), 2));
        lines.addAll(WindowText.emission(node.emission()));
        return lines;
    }

    private static List<String> aggregate(Aggregate node) {
        List<String> lines = new ArrayList<>(grouping(node.input(), node.keys(), node.aggregates(), node.rowType(), 0));
        Closing closing = node.closing();
        if (closing != null) {
            lines.add("closes when " + name(node.input(), node.keys().get(closing.key())) + " < "
                    + ExpressionText.render(closing.ofBound(), i -> "bound"));
            lines.addAll(WindowText.emission(closing.emission()));
        }
        return lines;
    }

    private static List<String> grouping(
            PlanNode input, List<Integer> keys, List<AggregateCall> calls, RowType output, int between) {
        List<String> lines = new ArrayList<>();
        if (!keys.isEmpty()) {
            lines.add("keys " + keys.stream().map(k -> name(input, k)).collect(Collectors.joining(", ")));
        }
        for (int i = 0; i < calls.size(); i++) {
            lines.add(output.field(keys.size() + between + i).name() + " = " + call(calls.get(i), input));
        }
        return lines;
    }

    static String call(AggregateCall call, PlanNode input) {
        List<String> arguments = new ArrayList<>();
        call.arguments().forEach(a -> arguments.add(name(input, a)));
        call.constants().forEach(constant -> arguments.add(ExpressionText.render(constant, i -> "")));
        String ordered = call.order().isEmpty()
                ? ""
                : (arguments.isEmpty() ? "" : " ") + "ORDER BY "
                        + call.order().stream().map(k -> key(k, input)).collect(Collectors.joining(", "));
        String all = arguments.isEmpty() && ordered.isEmpty() ? "*" : String.join(", ", arguments) + ordered;
        return call.name() + "(" + (call.distinct() ? "DISTINCT " : "") + all + ")"
                + (call.filter() == AggregateCall.NO_FILTER ? "" : " FILTER (" + name(input, call.filter()) + ")");
    }

    private static List<String> sort(Sort sort) {
        List<String> lines = new ArrayList<>();
        if (!sort.keys().isEmpty()) {
            lines.add(
                    "by " + sort.keys().stream().map(k -> key(k, sort.input())).collect(Collectors.joining(", ")));
        }
        if (sort.offset().orElse(1) > 0) {
            lines.add("offset " + sort.offset());
        }
        if (sort.limit().orElse(0) >= 0) {
            lines.add("limit " + sort.limit());
        }
        return lines;
    }

    static String key(SortKey key, PlanNode input) {
        return name(input, key.column())
                + (key.descending() ? " DESC" : "")
                + (key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
    }

    private static List<String> window(Window window) {
        List<String> lines = new ArrayList<>();
        lines.add(WindowText.window(window.window(), name(window.input(), window.timeColumn())));
        if (!window.partition().isEmpty()) {
            lines.add("partition "
                    + window.partition().stream()
                            .map(k -> name(window.input(), k))
                            .collect(Collectors.joining(", ")));
        }
        return lines;
    }

    private static String name(PlanNode node, int column) {
        return node.rowType().field(column).name();
    }

    private static String row(RowType type) {
        return type.fields().stream().map(Field::toString).collect(Collectors.joining(", ", "(", ")"));
    }
}
