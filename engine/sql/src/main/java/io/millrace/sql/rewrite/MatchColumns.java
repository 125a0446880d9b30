package io.millrace.sql.rewrite;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.MatchValue;
import io.millrace.plan.MatchedRows;
import io.millrace.plan.PatternVariable;
import io.millrace.plan.PlanNode.Match;
import io.millrace.plan.SortKey;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.text.ExpressionText;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.rewrite.PruneColumns.Pruned;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** The columns that row patterns are made of. */
final class MatchColumns {

    private MatchColumns() {}

    /** Takes measures that nothing needs out of the node, and columns that neither they nor anything else needs. */
    static Pruned prune(Match match, BitSet wanted) {
        int first = match.columns().size();
        List<Integer> columns =
                IntStream.range(0, first).filter(wanted::get).boxed().toList();
        List<Integer> measures = IntStream.range(0, match.measures().size())
                .filter(i -> wanted.get(first + i))
                .boxed()
                .toList();
        BitSet used = new BitSet();
        measures.forEach(i -> Columns.collect(match.measures().get(i), used));
        Pruned input = PruneColumns.prune(match.input(), needed(match, columns, used));
        IntUnaryOperator place = input.place();
        List<MatchValue> values =
                used.stream().mapToObj(i -> move(match.values().get(i), place)).toList();
        List<Field> fields = new ArrayList<>();
        columns.forEach(i -> fields.add(match.rowType().field(i)));
        measures.forEach(i -> fields.add(match.rowType().field(first + i)));
        Match pruned = new Match(
                match.id(),
                input.node(),
                new RowType(fields),
                match.partition().stream().map(place::applyAsInt).toList(),
                match.order().stream().map(key -> move(key, place)).toList(),
                move(match.rows(), place),
                columns.stream()
                        .map(i -> place.applyAsInt(match.columns().get(i)))
                        .toList(),
                values,
                measures.stream()
                        .map(i -> Columns.substitute(match.measures().get(i), v -> compacted(match, used, v)))
                        .toList());
        return new Pruned(pruned, i -> i < first ? columns.indexOf(i) : columns.size() + measures.indexOf(i - first));
    }

    private static Column compacted(Match match, BitSet used, int value) {
        MatchValue meant = match.values().get(value);
        return new Column(used.get(0, value).cardinality(), meant.type(), meant.nullable());
    }

    private static BitSet needed(Match match, List<Integer> columns, BitSet values) {
        BitSet needed = new BitSet();
        match.partition().forEach(needed::set);
        match.order().forEach(key -> needed.set(key.column()));
        columns.forEach(i -> needed.set(match.columns().get(i)));
        values.stream().forEach(i -> collect(match.values().get(i), needed));
        for (PatternVariable variable : match.rows().variables()) {
            variable.values().forEach(value -> collect(value, needed));
        }
        return needed;
    }

    private static void collect(MatchValue value, BitSet columns) {
        switch (value) {
            case MatchValue.At at -> columns.set(at.column());
            case MatchValue.Here here -> columns.set(here.column());
            case MatchValue.Aggregated a -> PruneColumns.collect(a.call(), columns);
            case MatchValue.Classifier c -> {}
            case MatchValue.Exists e -> {}
            case MatchValue.Matched m -> {}
            case MatchValue.MatchNumber n -> {}
        }
    }

    private static SortKey move(SortKey key, IntUnaryOperator place) {
        return new SortKey(place.applyAsInt(key.column()), key.descending(), key.nullsFirst());
    }

    private static MatchedRows move(MatchedRows rows, IntUnaryOperator place) {
        List<PatternVariable> variables = rows.variables().stream()
                .map(v -> new PatternVariable(
                        v.name(),
                        v.condition(),
                        v.values().stream().map(value -> move(value, place)).toList()))
                .toList();
        return new MatchedRows(
                rows.pattern(),
                rows.fromStart(),
                rows.toEnd(),
                rows.withinMicros(),
                variables,
                rows.perMatch(),
                rows.after());
    }

    private static MatchValue move(MatchValue value, IntUnaryOperator place) {
        return switch (value) {
            case MatchValue.At at -> new MatchValue.At(at.place(), place.applyAsInt(at.column()), at.type());
            case MatchValue.Here here -> new MatchValue.Here(place.applyAsInt(here.column()), here.type());
            case MatchValue.Aggregated a ->
                new MatchValue.Aggregated(Nodes.move(a.call(), place), a.variables(), a.whole());
            default -> value;
        };
    }

    /** Returns what the pattern finds, columns by what they are. */
    static String text(Match match, List<String> columns) {
        StringBuilder text = new StringBuilder("match ");
        match.partition().forEach(key -> text.append(columns.get(key)).append(' '));
        text.append("by ");
        match.order()
                .forEach(key -> text.append(columns.get(key.column()))
                        .append(key.descending())
                        .append(key.nullsFirst())
                        .append(' '));
        MatchedRows rows = match.rows();
        text.append(rows.pattern())
                .append(rows.fromStart())
                .append(rows.toEnd())
                .append(rows.withinMicros());
        text.append(rows.perMatch()).append(rows.after());
        for (PatternVariable variable : rows.variables()) {
            text.append(' ').append(variable.name()).append(' ');
            if (variable.condition() != null) {
                text.append(text(variable.condition(), variable.values(), columns));
            }
        }
        return text.toString();
    }

    /** Returns what is computed from a match, columns by what they are. */
    static String text(Expression expression, List<MatchValue> values, List<String> columns) {
        return ExpressionText.render(expression, i -> text(values.get(i), columns));
    }

    private static String text(MatchValue value, List<String> columns) {
        return switch (value) {
            case MatchValue.At at -> columns.get(at.column()) + at.place();
            case MatchValue.Here here -> columns.get(here.column());
            case MatchValue.Aggregated a -> {
                AggregateCall call = a.call();
                yield call.function()
                        + (call.distinct() ? " DISTINCT " : " ")
                        + call.arguments().stream().map(columns::get).toList()
                        + (call.filter() == AggregateCall.NO_FILTER ? "" : " FILTER " + columns.get(call.filter()))
                        + a.variables()
                        + a.whole();
            }
            default -> value.toString();
        };
    }

    /** Returns whether an output column is the time that the rows of a match are in the order of. */
    static boolean ofOrder(Match match, int column) {
        if (match.order().isEmpty()) {
            return false;
        }
        int time = match.order().getFirst().column();
        int first = match.columns().size();
        if (column < first) {
            return match.rows().allRows() && match.columns().get(column) == time;
        }
        return match.measures().get(column - first) instanceof Column measure
                && match.values().get(measure.index()).notBefore(time);
    }
}
