package io.millrace.sql.rewrite;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AsOf;
import io.millrace.plan.JoinKey;
import io.millrace.plan.JoinTime;
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
import io.millrace.plan.SortKey;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Takes columns out of nodes where nothing above needs them, down to what a scan reads. */
final class PruneColumns {

    private PruneColumns() {}

    /** A node with some of its columns, and where those that were there are now. */
    record Pruned(PlanNode node, IntUnaryOperator place) {}

    /** Prunes below a node that keeps all its own columns. */
    static PlanNode apply(PlanNode root) {
        BitSet all = new BitSet();
        all.set(0, root.rowType().size());
        return exactly(root, all);
    }

    /** Returns a node of exactly these columns of a node, in their order. */
    private static PlanNode exactly(PlanNode node, BitSet wanted) {
        Pruned pruned = prune(node, wanted);
        List<Integer> columns = wanted.stream().map(pruned.place()).boxed().toList();
        boolean same = columns.equals(
                IntStream.range(0, pruned.node().rowType().size()).boxed().toList());
        return same ? pruned.node() : Nodes.project(pruned.node(), columns);
    }

    /** Returns a node with at least these columns. */
    static Pruned prune(PlanNode node, BitSet wanted) {
        return switch (node) {
            case Scan scan -> scan(scan, wanted);
            case Values values -> values(values, wanted);
            case Filter filter -> filter(filter, wanted);
            case Project project -> project(project, wanted);
            case Window window -> window(window, wanted);
            case WindowAggregate aggregate -> windowAggregate(aggregate, wanted);
            case Aggregate aggregate -> aggregate(aggregate, wanted);
            case Over over -> OverColumns.prune(over, wanted);
            case TopN top -> top(top, wanted);
            case Match match -> MatchColumns.prune(match, wanted);
            case UnionAll union ->
                new Pruned(
                        new UnionAll(
                                union.id(),
                                union.inputs().stream()
                                        .map(input -> exactly(input, wanted))
                                        .toList()),
                        compacted(wanted));
            case Sort sort -> sort(sort, wanted);
            case Join join -> join(join, wanted);
            case Unnest unnest -> unnest(unnest, wanted);
            case Repeat repeat -> repeat(repeat, wanted);
            case Consolidate consolidate -> {
                Pruned input = prune(consolidate.input(), wanted);
                yield new Pruned(
                        new Consolidate(consolidate.id(), input.node(), consolidate.everyMicros()), input.place());
            }
            case Changes changes -> changes(changes);
        };
    }

    private static Pruned scan(Scan scan, BitSet wanted) {
        List<Field> fields = wanted.stream().mapToObj(scan.rowType()::field).toList();
        return new Pruned(
                new Scan(scan.id(), scan.stream(), new RowType(fields), scan.rowtimeColumn(), scan.rowtime()),
                compacted(wanted));
    }

    private static Pruned values(Values values, BitSet wanted) {
        List<List<Expression>> rows = values.rows().stream()
                .map(row -> wanted.stream().mapToObj(row::get).toList())
                .toList();
        List<Field> fields = wanted.stream().mapToObj(values.rowType()::field).toList();
        return new Pruned(new Values(values.id(), new RowType(fields), rows), compacted(wanted));
    }

    private static Pruned filter(Filter filter, BitSet wanted) {
        BitSet needed = (BitSet) wanted.clone();
        Columns.collect(filter.condition(), needed);
        Pruned input = prune(filter.input(), needed);
        Expression condition =
                Columns.move(filter.condition(), input.place(), input.node().rowType());
        return new Pruned(new Filter(filter.id(), input.node(), condition), input.place());
    }

    private static Pruned project(Project project, BitSet wanted) {
        BitSet needed = new BitSet();
        wanted.stream().forEach(i -> Columns.collect(project.expressions().get(i), needed));
        Pruned input = prune(project.input(), needed);
        List<Expression> expressions = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        wanted.stream().forEach(i -> {
            expressions.add(Columns.move(
                    project.expressions().get(i), input.place(), input.node().rowType()));
            fields.add(project.rowType().field(i));
        });
        return new Pruned(new Project(project.id(), input.node(), new RowType(fields), expressions), compacted(wanted));
    }

    private static Pruned window(Window window, BitSet wanted) {
        int before = window.input().rowType().size();
        BitSet needed = wanted.get(0, before);
        needed.set(window.timeColumn());
        window.partition().forEach(needed::set);
        Pruned input = prune(window.input(), needed);
        int after = input.node().rowType().size();
        List<Field> fields = new ArrayList<>(input.node().rowType().fields());
        fields.addAll(window.rowType().fields().subList(before, window.rowType().size()));
        Window pruned = new Window(
                window.id(),
                input.node(),
                new RowType(fields),
                input.place().applyAsInt(window.timeColumn()),
                window.window(),
                moved(window.partition(), input.place()));
        return new Pruned(pruned, i -> i < before ? input.place().applyAsInt(i) : i - before + after);
    }

    private static Pruned windowAggregate(WindowAggregate node, BitSet wanted) {
        int first = node.keys().size() + 2;
        List<Integer> calls = wantedCalls(node.aggregates().size(), first, wanted);
        BitSet needed = needed(node.keys(), node.aggregates(), calls);
        needed.set(node.timeColumn());
        Pruned input = prune(node.input(), needed);
        WindowAggregate pruned = new WindowAggregate(
                node.id(),
                input.node(),
                rowType(node.rowType(), first, calls),
                input.place().applyAsInt(node.timeColumn()),
                node.window(),
                moved(node.keys(), input.place()),
                moved(node.aggregates(), calls, input.place()),
                node.emission());
        return new Pruned(pruned, i -> i < first ? i : first + calls.indexOf(i - first));
    }

    private static Pruned aggregate(Aggregate node, BitSet wanted) {
        int first = node.keys().size();
        List<Integer> calls = wantedCalls(node.aggregates().size(), first, wanted);
        Pruned input = prune(node.input(), needed(node.keys(), node.aggregates(), calls));
        Aggregate pruned = new Aggregate(
                node.id(),
                input.node(),
                rowType(node.rowType(), first, calls),
                moved(node.keys(), input.place()),
                moved(node.aggregates(), calls, input.place()),
                node.closing());
        return new Pruned(pruned, i -> i < first ? i : first + calls.indexOf(i - first));
    }

    private static Pruned join(Join join, BitSet wanted) {
        int own = join.left().rowType().size();
        BitSet both = (BitSet) wanted.clone();
        if (join.condition() != null) {
            Columns.collect(join.condition(), both);
        }
        BitSet ofLeft = both.get(0, own);
        BitSet ofRight = both.get(own, own + join.right().rowType().size());
        for (JoinKey key : join.keys()) {
            ofLeft.set(key.left());
            ofRight.set(key.right());
        }
        for (JoinTime time : join.times()) {
            ofLeft.set(time.left());
            ofRight.set(time.right());
        }
        if (join.asOf() != null) {
            ofLeft.set(join.asOf().left());
            ofRight.set(join.asOf().right());
        }
        return join(join, prune(join.left(), ofLeft), prune(join.right(), ofRight));
    }

    private static Pruned join(Join join, Pruned left, Pruned right) {
        int own = join.left().rowType().size();
        int now = left.node().rowType().size();
        Expression condition = join.condition() == null
                ? null
                : Columns.substitute(join.condition(), i -> {
                    if (i < own) {
                        return Columns.at(
                                left.place().applyAsInt(i), left.node().rowType());
                    }
                    Column column = Columns.at(
                            right.place().applyAsInt(i - own), right.node().rowType());
                    return new Column(column.index() + now, column.type(), column.nullable());
                });
        AsOf asOf = join.asOf() == null
                ? null
                : new AsOf(
                        left.place().applyAsInt(join.asOf().left()),
                        right.place().applyAsInt(join.asOf().right()),
                        join.asOf().after(),
                        join.asOf().strict());
        Join pruned = Nodes.join(
                new Join(
                        join.id(),
                        join.left(),
                        join.right(),
                        join.rowType(),
                        join.type(),
                        join.keys(),
                        join.condition(),
                        join.times(),
                        asOf),
                left.node(),
                right.node(),
                join.keys().stream()
                        .map(k -> new JoinKey(
                                left.place().applyAsInt(k.left()), right.place().applyAsInt(k.right()), k.nullsMatch()))
                        .toList(),
                condition,
                join.times().stream()
                        .map(t -> new JoinTime(
                                left.place().applyAsInt(t.left()),
                                right.place().applyAsInt(t.right()),
                                t.lower(),
                                t.upper()))
                        .toList());
        return new Pruned(
                pruned,
                i -> i < own ? left.place().applyAsInt(i) : now + right.place().applyAsInt(i - own));
    }

    private static Pruned unnest(Unnest unnest, BitSet wanted) {
        int before = unnest.input().rowType().size();
        BitSet needed = wanted.get(0, before);
        needed.set(unnest.array());
        Pruned input = prune(unnest.input(), needed);
        int after = input.node().rowType().size();
        List<Field> fields = new ArrayList<>(input.node().rowType().fields());
        fields.addAll(unnest.rowType().fields().subList(before, unnest.rowType().size()));
        Unnest pruned = new Unnest(
                unnest.id(),
                input.node(),
                new RowType(fields),
                input.place().applyAsInt(unnest.array()),
                unnest.ordinality(),
                unnest.outer());
        return new Pruned(pruned, i -> i < before ? input.place().applyAsInt(i) : i - before + after);
    }

    /** A change of any column is a change. */
    private static Pruned changes(Changes changes) {
        BitSet all = new BitSet();
        all.set(0, changes.input().rowType().size());
        return new Pruned(
                new Changes(changes.id(), exactly(changes.input(), all), changes.rowType()),
                IntUnaryOperator.identity());
    }

    /** The count must stay behind the columns that are left. */
    private static Pruned repeat(Repeat repeat, BitSet wanted) {
        BitSet needed = (BitSet) wanted.clone();
        needed.set(repeat.count());
        PlanNode input = exactly(repeat.input(), needed);
        int last = input.rowType().size() - 1;
        RowType type = new RowType(input.rowType().fields().subList(0, last));
        return new Pruned(new Repeat(repeat.id(), input, type, last), compacted(wanted));
    }

    private static Pruned sort(Sort sort, BitSet wanted) {
        BitSet needed = (BitSet) wanted.clone();
        sort.keys().forEach(key -> needed.set(key.column()));
        Pruned input = prune(sort.input(), needed);
        List<SortKey> keys = keys(sort.keys(), input.place());
        return new Pruned(new Sort(sort.id(), input.node(), keys, sort.offset(), sort.limit()), input.place());
    }

    private static Pruned top(TopN top, BitSet wanted) {
        int before = top.input().rowType().size();
        BitSet needed = wanted.get(0, before);
        top.partition().forEach(needed::set);
        top.order().forEach(key -> needed.set(key.column()));
        Pruned input = prune(top.input(), needed);
        List<Field> fields = new ArrayList<>(input.node().rowType().fields());
        int place = fields.size();
        if (wanted.get(before)) {
            fields.add(top.rowType().field(before));
        }
        TopN pruned = new TopN(
                top.id(),
                input.node(),
                new RowType(fields),
                moved(top.partition(), input.place()),
                keys(top.order(), input.place()),
                top.ranking(),
                top.offset(),
                top.limit(),
                top.timeColumn() < 0 ? -1 : input.place().applyAsInt(top.timeColumn()));
        return new Pruned(pruned, i -> i < before ? input.place().applyAsInt(i) : place);
    }

    private static List<SortKey> keys(List<SortKey> keys, IntUnaryOperator place) {
        return keys.stream()
                .map(key -> new SortKey(place.applyAsInt(key.column()), key.descending(), key.nullsFirst()))
                .toList();
    }

    private static List<Integer> wantedCalls(int count, int first, BitSet wanted) {
        return IntStream.range(0, count)
                .filter(i -> wanted.get(first + i))
                .boxed()
                .toList();
    }

    private static BitSet needed(List<Integer> keys, List<AggregateCall> calls, List<Integer> wanted) {
        BitSet needed = new BitSet();
        keys.forEach(needed::set);
        wanted.forEach(i -> collect(calls.get(i), needed));
        return needed;
    }

    static void collect(AggregateCall call, BitSet columns) {
        call.arguments().forEach(columns::set);
        call.order().forEach(key -> columns.set(key.column()));
        if (call.filter() != AggregateCall.NO_FILTER) {
            columns.set(call.filter());
        }
    }

    private static List<Integer> moved(List<Integer> keys, IntUnaryOperator place) {
        return keys.stream().map(place::applyAsInt).toList();
    }

    private static List<AggregateCall> moved(List<AggregateCall> calls, List<Integer> wanted, IntUnaryOperator place) {
        return wanted.stream().map(i -> Nodes.move(calls.get(i), place)).toList();
    }

    private static RowType rowType(RowType type, int first, List<Integer> calls) {
        List<Field> fields = new ArrayList<>(type.fields().subList(0, first));
        calls.forEach(i -> fields.add(type.field(first + i)));
        return new RowType(fields);
    }

    private static IntUnaryOperator compacted(BitSet wanted) {
        return i -> wanted.get(0, i).cardinality();
    }
}
