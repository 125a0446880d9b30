package io.millrace.sql.rewrite;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AsOf;
import io.millrace.plan.Emission;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Aggregate;
import io.millrace.plan.PlanNode.Changes;
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
import io.millrace.plan.WindowSpec;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.text.ExpressionText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Names nodes by what they compute: the kind, and a hash of what it does to which columns of which streams.
 *
 * <p>A column counts by where it comes from, not by its place or name, so that what is selected elsewhere in
 * the statement does not change the name of an operator whose own work is the same; an operator whose
 * own work changes gets another name and thereby fresh state. What keeps rows until later, as a join does, has all the
 * columns of those rows in its name, whatever it does with them.
 */
final class NodeIds {

    private static final int HASH_BYTES = 4;

    private final Map<String, Integer> used = new HashMap<>();

    /** What a node is, and what each of its columns is, as text that has no places in it. */
    private record Named(PlanNode node, String meaning, List<String> columns) {}

    static PlanNode assign(PlanNode root) {
        return new NodeIds().name(root).node();
    }

    private Named name(PlanNode node) {
        List<Named> inputs = node.inputs().stream().map(this::name).toList();
        return switch (node) {
            case Scan scan -> scan(scan);
            case Values values -> values(values);
            case Filter filter -> filter(filter, inputs.getFirst());
            case Project project -> project(project, inputs.getFirst());
            case Window window -> window(window, inputs.getFirst());
            case WindowAggregate aggregate -> windowAggregate(aggregate, inputs.getFirst());
            case Aggregate aggregate -> aggregate(aggregate, inputs.getFirst());
            case Over over -> over(over, inputs.getFirst());
            case TopN top -> top(top, inputs.getFirst());
            case Match match -> match(match, inputs.getFirst());
            case UnionAll union -> union(inputs);
            case Sort sort -> sort(sort, inputs.getFirst());
            case Join join -> join(join, inputs.get(0), inputs.get(1));
            case Unnest unnest -> unnest(unnest, inputs.getFirst());
            case Repeat repeat -> repeat(repeat, inputs.getFirst());
            case Consolidate consolidate -> consolidate(consolidate, inputs.getFirst());
            case Changes changes -> changes(changes, inputs.getFirst());
        };
    }

    private Named scan(Scan scan) {
        String meaning = "scan " + scan.stream() + " " + rowtime(scan);
        List<String> columns = scan.rowType().fields().stream()
                .map(field -> hash(scan.stream() + "." + field.name()))
                .toList();
        Scan named = new Scan(id("scan", meaning), scan.stream(), scan.rowType(), scan.rowtimeColumn(), scan.rowtime());
        return new Named(named, meaning, columns);
    }

    /** What is known of the time of changes is no part of what is read. */
    private static String rowtime(Scan scan) {
        return scan.rowtime() instanceof Rowtime.Changing changing
                ? "Changing[updating=" + changing.updating() + "]"
                : scan.rowtime().toString();
    }

    private Named values(Values values) {
        String meaning = "values " + values.rows();
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < values.rowType().size(); i++) {
            columns.add(hash(meaning + i));
        }
        return new Named(new Values(id("values", meaning), values.rowType(), values.rows()), meaning, columns);
    }

    private Named filter(Filter filter, Named input) {
        String meaning = "filter " + text(filter.condition(), input) + " of " + hash(input.meaning());
        return new Named(new Filter(id("filter", meaning), input.node(), filter.condition()), meaning, input.columns());
    }

    private Named project(Project project, Named input) {
        List<String> columns =
                project.expressions().stream().map(e -> text(e, input)).toList();
        String id = id("project", columns + " of " + input.meaning());
        Project named = new Project(id, input.node(), project.rowType(), project.expressions());
        // A projection has no state, and what is above refers to its expressions.
        return new Named(
                named, input.meaning(), columns.stream().map(NodeIds::shortened).toList());
    }

    private Named window(Window window, Named input) {
        String meaning = "window " + window.window() + " " + input.columns().get(window.timeColumn())
                + partition(window, input) + " of " + hash(input.meaning());
        List<String> columns = new ArrayList<>(input.columns());
        for (int i = columns.size(); i < window.rowType().size(); i++) {
            columns.add(hash(meaning + i));
        }
        Window named = new Window(
                id("window", window.window() instanceof WindowSpec.Session ? meaning + kept(input) : meaning),
                input.node(),
                window.rowType(),
                window.timeColumn(),
                window.window(),
                window.partition());
        return new Named(named, meaning, columns);
    }

    private static String partition(Window window, Named input) {
        return window.partition().stream()
                .map(column -> " by " + input.columns().get(column))
                .collect(Collectors.joining());
    }

    private static String emission(Emission emission) {
        return emission.early() ? " early " + emission.latenessMicros() : "";
    }

    private Named windowAggregate(WindowAggregate node, Named input) {
        String meaning = "windows " + node.window() + " " + input.columns().get(node.timeColumn()) + " "
                + grouping(node.keys(), node.aggregates(), input) + emission(node.emission());
        WindowAggregate named = new WindowAggregate(
                id("window_aggregate", meaning),
                input.node(),
                node.rowType(),
                node.timeColumn(),
                node.window(),
                node.keys(),
                node.aggregates(),
                node.emission());
        return new Named(named, meaning, outputs(meaning, node.rowType().size()));
    }

    private Named aggregate(Aggregate node, Named input) {
        String meaning = "aggregate " + grouping(node.keys(), node.aggregates(), input)
                + (node.closing() == null
                        ? ""
                        : " closing " + node.closing().key()
                                + emission(node.closing().emission()));
        Aggregate named = new Aggregate(
                id("aggregate", meaning), input.node(), node.rowType(), node.keys(), node.aggregates(), node.closing());
        return new Named(named, meaning, outputs(meaning, node.rowType().size()));
    }

    private Named over(Over over, Named input) {
        StringBuilder text = new StringBuilder("over ");
        over.partition().forEach(key -> text.append(input.columns().get(key)).append(' '));
        text.append("by ");
        over.order()
                .forEach(key -> text.append(input.columns().get(key.column()))
                        .append(key.descending())
                        .append(key.nullsFirst())
                        .append(' '));
        over.calls()
                .forEach(call ->
                        text.append(OverColumns.text(call, input.columns())).append(' '));
        String meaning = text.append("of ").append(hash(input.meaning())).toString();
        List<String> columns = new ArrayList<>(input.columns());
        for (int i = columns.size(); i < over.rowType().size(); i++) {
            columns.add(hash(meaning + i));
        }
        Over named = new Over(
                id("over", meaning + kept(input)),
                input.node(),
                over.rowType(),
                over.partition(),
                over.order(),
                over.calls());
        return new Named(named, meaning, columns);
    }

    private Named top(TopN top, Named input) {
        List<String> keys = top.order().stream().map(key -> key(key, input)).toList();
        List<String> partition =
                top.partition().stream().map(input.columns()::get).toList();
        String time = top.timeColumn() < 0 ? "" : input.columns().get(top.timeColumn());
        // Rows with the same keys are in the order of all their values, so all are part of what it does.
        String meaning = "top " + top.ranking() + " " + top.offset() + " " + top.limit() + " " + partition + " by "
                + keys + " " + time + " " + input.columns() + " of " + hash(input.meaning());
        List<String> columns = new ArrayList<>(input.columns());
        for (int i = columns.size(); i < top.rowType().size(); i++) {
            columns.add(hash(meaning));
        }
        TopN named = new TopN(
                id("top_n", meaning),
                input.node(),
                top.rowType(),
                top.partition(),
                top.order(),
                top.ranking(),
                top.offset(),
                top.limit(),
                top.timeColumn());
        return new Named(named, meaning, columns);
    }

    private Named match(Match match, Named input) {
        String meaning = MatchColumns.text(match, input.columns()) + " of " + hash(input.meaning());
        List<String> columns = new ArrayList<>();
        match.columns()
                .forEach(column -> columns.add(hash(meaning + input.columns().get(column))));
        match.measures()
                .forEach(measure ->
                        columns.add(hash(meaning + MatchColumns.text(measure, match.values(), input.columns()))));
        Match named = new Match(
                id("match", meaning + kept(input)),
                input.node(),
                match.rowType(),
                match.partition(),
                match.order(),
                match.rows(),
                match.columns(),
                match.values(),
                match.measures());
        return new Named(named, meaning, columns);
    }

    private Named union(List<Named> inputs) {
        String meaning = inputs.stream().map(i -> hash(i.meaning())).collect(Collectors.joining(" ", "union ", ""));
        UnionAll named = new UnionAll(
                id("union", meaning), inputs.stream().map(Named::node).toList());
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < named.rowType().size(); i++) {
            int place = i;
            columns.add(hash(inputs.stream()
                    .map(input -> input.columns().get(place))
                    .collect(Collectors.joining(" ", meaning + " ", ""))));
        }
        return new Named(named, meaning, columns);
    }

    /** What is in the state of an operator that keeps the rows of an input as they came. */
    private static String kept(Named input) {
        return " keeps " + input.columns();
    }

    private Named sort(Sort sort, Named input) {
        String keys = sort.keys().stream().map(key -> key(key, input)).toList().toString();
        String meaning = "sort " + keys + sort.offset() + " " + sort.limit() + " of " + hash(input.meaning());
        Sort named =
                new Sort(id("sort", meaning + kept(input)), input.node(), sort.keys(), sort.offset(), sort.limit());
        return new Named(named, meaning, input.columns());
    }

    private Named join(Join join, Named left, Named right) {
        // A stream joined with itself has each column twice, once of either side.
        List<String> columns = new ArrayList<>(left.columns());
        right.columns().forEach(column -> columns.add(hash("right of " + left.meaning() + " " + column)));
        int own = left.columns().size();
        StringBuilder text = new StringBuilder("join ").append(join.type());
        join.keys()
                .forEach(key -> text.append(' ')
                        .append(columns.get(key.left()))
                        .append(key.nullsMatch() ? "~" : "=")
                        .append(columns.get(own + key.right())));
        if (join.condition() != null) {
            text.append(" if ").append(ExpressionText.render(join.condition(), columns::get));
        }
        join.times()
                .forEach(time -> text.append(" within ")
                        .append(columns.get(time.left()))
                        .append(' ')
                        .append(columns.get(own + time.right()))
                        .append(' ')
                        .append(time.lower())
                        .append(' ')
                        .append(time.upper()));
        AsOf asOf = join.asOf();
        if (asOf != null) {
            text.append(asOf.after() ? " first " : " last ")
                    .append(columns.get(asOf.left()))
                    .append(asOf.strict() ? " " : "=")
                    .append(columns.get(own + asOf.right()));
        }
        String meaning = text + " of " + hash(left.meaning()) + " and " + hash(right.meaning());
        Join named = new Join(
                id("join", meaning + kept(left) + kept(right)),
                left.node(),
                right.node(),
                join.rowType(),
                join.type(),
                join.keys(),
                join.condition(),
                join.times(),
                join.asOf());
        return new Named(named, meaning, join.type().leftOnly() ? left.columns() : columns);
    }

    private Named unnest(Unnest unnest, Named input) {
        String meaning =
                "unnest " + input.columns().get(unnest.array()) + " " + unnest.outer() + " of " + hash(input.meaning());
        List<String> columns = new ArrayList<>(input.columns());
        for (int i = columns.size(); i < unnest.rowType().size(); i++) {
            columns.add(hash(meaning + "." + (i - input.columns().size())));
        }
        Unnest named = new Unnest(
                id("unnest", meaning),
                input.node(),
                unnest.rowType(),
                unnest.array(),
                unnest.ordinality(),
                unnest.outer());
        return new Named(named, meaning, columns);
    }

    private Named consolidate(Consolidate consolidate, Named input) {
        String meaning =
                "consolidate " + consolidate.everyMicros() + " " + input.columns() + " of " + hash(input.meaning());
        Consolidate named = new Consolidate(id("consolidate", meaning), input.node(), consolidate.everyMicros());
        return new Named(named, meaning, input.columns());
    }

    private Named changes(Changes changes, Named input) {
        String meaning = "changes of " + hash(input.meaning());
        Changes named = new Changes(id("changes", meaning), input.node(), changes.rowType());
        List<String> columns = new ArrayList<>();
        columns.add(hash(meaning));
        columns.addAll(input.columns());
        return new Named(named, meaning, columns);
    }

    private Named repeat(Repeat repeat, Named input) {
        String meaning = "repeat " + input.columns().get(repeat.count()) + " of " + hash(input.meaning());
        Repeat named = new Repeat(id("repeat", meaning), input.node(), repeat.rowType(), repeat.count());
        return new Named(
                named, meaning, input.columns().subList(0, repeat.rowType().size()));
    }

    private static String key(SortKey key, Named input) {
        return input.columns().get(key.column()) + key.descending() + key.nullsFirst();
    }

    private static String grouping(List<Integer> keys, List<AggregateCall> calls, Named input) {
        StringBuilder text = new StringBuilder();
        keys.forEach(key -> text.append(input.columns().get(key)).append(' '));
        for (AggregateCall call : calls) {
            text.append(call.user() == null ? call.function() : call.user())
                    .append(call.distinct() ? " DISTINCT " : " ");
            call.arguments().forEach(a -> text.append(input.columns().get(a)).append(' '));
            call.constants().forEach(c -> text.append(text(c, input)).append(' '));
            call.order().forEach(key -> text.append(key(key, input)).append(' '));
            if (call.filter() != AggregateCall.NO_FILTER) {
                text.append("FILTER ")
                        .append(input.columns().get(call.filter()))
                        .append(' ');
            }
        }
        return text.append("of ").append(hash(input.meaning())).toString();
    }

    private static List<String> outputs(String meaning, int count) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(hash(meaning + "." + i));
        }
        return columns;
    }

    private static String text(Expression expression, Named input) {
        return ExpressionText.render(expression, index -> input.columns().get(index));
    }

    private static String shortened(String text) {
        return text.length() <= 2 * HASH_BYTES ? text : hash(text);
    }

    /** Returns the name, with a number behind where the same work is done more than once. */
    private String id(String kind, String meaning) {
        String id = kind + "-" + hash(meaning);
        int times = used.merge(id, 1, Integer::sum);
        return times == 1 ? id : id + "-" + times;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
