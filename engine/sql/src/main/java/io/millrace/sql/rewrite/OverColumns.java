package io.millrace.sql.rewrite;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.OverCall;
import io.millrace.plan.OverCall.Aggregated;
import io.millrace.plan.OverCall.Picked;
import io.millrace.plan.OverCall.Ranked;
import io.millrace.plan.OverCall.Shifted;
import io.millrace.plan.PlanNode.Over;
import io.millrace.plan.SortKey;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.rewrite.PruneColumns.Pruned;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The columns that values from the rows around are made of. */
final class OverColumns {

    private OverColumns() {}

    /** Takes calls that nothing needs out of the node, and columns that neither they nor anything else needs. */
    static Pruned prune(Over over, BitSet wanted) {
        int before = over.input().rowType().size();
        List<Integer> calls = IntStream.range(0, over.calls().size())
                .filter(i -> wanted.get(before + i))
                .boxed()
                .toList();
        BitSet needed = wanted.get(0, before);
        if (calls.isEmpty()) {
            return PruneColumns.prune(over.input(), needed);
        }
        over.partition().forEach(needed::set);
        over.order().forEach(key -> needed.set(key.column()));
        calls.forEach(i -> collect(over.calls().get(i), needed));
        Pruned input = PruneColumns.prune(over.input(), needed);
        int after = input.node().rowType().size();
        List<Field> fields = new ArrayList<>(input.node().rowType().fields());
        calls.forEach(i -> fields.add(over.rowType().field(before + i)));
        Over pruned = new Over(
                over.id(),
                input.node(),
                new RowType(fields),
                over.partition().stream().map(input.place()::applyAsInt).toList(),
                over.order().stream().map(key -> move(key, input.place())).toList(),
                calls.stream()
                        .map(i -> move(over.calls().get(i), input.place()))
                        .toList());
        return new Pruned(pruned, i -> i < before ? input.place().applyAsInt(i) : after + calls.indexOf(i - before));
    }

    private static SortKey move(SortKey key, IntUnaryOperator place) {
        return new SortKey(place.applyAsInt(key.column()), key.descending(), key.nullsFirst());
    }

    private static void collect(OverCall call, BitSet columns) {
        switch (call) {
            case Aggregated c -> PruneColumns.collect(c.call(), columns);
            case Picked c -> columns.set(c.argument());
            case Shifted c -> {
                columns.set(c.argument());
                if (c.otherwise() != Shifted.NULL) {
                    columns.set(c.otherwise());
                }
            }
            case Ranked c -> {}
        }
    }

    private static OverCall move(OverCall call, IntUnaryOperator place) {
        return switch (call) {
            case Aggregated c -> new Aggregated(Nodes.move(c.call(), place), c.frame());
            case Picked c ->
                new Picked(place.applyAsInt(c.argument()), c.place(), c.ignoreNulls(), c.frame(), c.type());
            case Shifted c ->
                new Shifted(
                        place.applyAsInt(c.argument()),
                        c.distance(),
                        c.otherwise() == Shifted.NULL ? Shifted.NULL : place.applyAsInt(c.otherwise()),
                        c.ignoreNulls(),
                        c.type());
            case Ranked c -> c;
        };
    }

    /** Returns what a function takes once, and what it orders by. */
    private static String taken(AggregateCall call, List<String> columns) {
        return (call.constants().isEmpty() ? "" : call.constants().toString())
                + call.order().stream()
                        .map(key -> " by " + columns.get(key.column()) + (key.descending() ? " desc" : ""))
                        .collect(Collectors.joining());
    }

    /** Returns what a call computes, its columns by what they are. */
    static String text(OverCall call, List<String> columns) {
        return switch (call) {
            case Aggregated c ->
                c.call().function()
                        + (c.call().distinct() ? " DISTINCT " : " ")
                        + c.call().arguments().stream().map(columns::get).toList()
                        + taken(c.call(), columns)
                        + c.frame();
            case Picked c -> "pick " + c.place() + c.ignoreNulls() + columns.get(c.argument()) + c.frame();
            case Shifted c ->
                "shift " + c.distance() + c.ignoreNulls() + columns.get(c.argument())
                        + (c.otherwise() == Shifted.NULL ? "" : columns.get(c.otherwise()));
            case Ranked c -> c.ranking() + " " + c.buckets();
        };
    }
}
