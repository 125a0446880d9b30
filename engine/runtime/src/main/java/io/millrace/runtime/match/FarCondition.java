package io.millrace.runtime.match;

import io.millrace.plan.MatchValue;
import io.millrace.plan.PatternVariable;
import io.millrace.plan.RowPlace;
import io.millrace.runtime.expression.BatchProjection;
import io.millrace.runtime.expression.EvaluationContext;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The condition of a variable that hangs on what is matched before: it is computed for each thread. */
final class FarCondition {

    private final int variable;
    private final List<String> names;
    private final MatchValue[] values;
    private final int[] sets;
    private final RunningAggregate[] aggregates;
    private final BatchProjection filter;
    private final RowBatch inputs;

    /**
     * @param variable the variable whose condition it is
     * @param sets the sets of variables that histories know about
     */
    FarCondition(List<PatternVariable> all, int variable, VariableSets sets, RowType input, ExpressionEngine engine) {
        PatternVariable own = all.get(variable);
        this.variable = variable;
        this.names = all.stream().map(PatternVariable::name).toList();
        this.values = own.values().toArray(MatchValue[]::new);
        this.sets = own.values().stream().mapToInt(sets::place).toArray();
        this.aggregates = new RunningAggregate[values.length];
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            fields.add(new Field("v" + i, values[i].type(), values[i].nullable()));
            if (values[i] instanceof MatchValue.Aggregated a) {
                aggregates[i] = new RunningAggregate(a.call(), input, this.sets[i], engine);
            }
        }
        this.inputs = RowBatch.create(new RowType(fields), 1);
        this.filter = engine.filter(inputs.type(), Objects.requireNonNull(own.condition()));
    }

    /**
     * Returns whether a row can be mapped to the variable.
     *
     * @param node what is mapped before it
     * @param start position of the first row of the match
     */
    boolean holds(
            MatchPartition partition,
            int node,
            long start,
            long position,
            MatchRows rows,
            EvaluationContext context,
            RowFailures failures) {
        inputs.clear();
        inputs.ensureCapacity(1);
        try {
            for (int i = 0; i < values.length; i++) {
                write(i, partition, node, start, position, rows.rows());
            }
        } catch (MillraceException e) {
            failures.report(partition.row(position), e.code(), e.describe());
            return false;
        }
        inputs.size(1);
        RowBatch passed = filter.apply(
                inputs, context, (row, code, reason) -> failures.report(partition.row(position), code, reason));
        return passed.selectedCount() == 1;
    }

    private void write(int value, MatchPartition partition, int node, long start, long position, RowBatch rows) {
        Column target = inputs.column(value);
        switch (values[value]) {
            case MatchValue.At at -> {
                long place = find(at.place(), sets[value], partition, node, start, position);
                if (partition.has(place)) {
                    target.clearNull(0);
                    target.copyFrom(rows.column(at.column()), partition.row(place), 0);
                } else {
                    target.setNull(0);
                }
            }
            case MatchValue.Here here -> {
                target.clearNull(0);
                target.copyFrom(rows.column(here.column()), partition.row(position), 0);
            }
            case MatchValue.Exists e -> {
                target.clearNull(0);
                ((BooleanColumn) target)
                        .set(0, partition.has(find(e.place(), sets[value], partition, node, start, position)));
            }
            case MatchValue.Classifier c ->
                classify(
                        find(c.place(), sets[value], partition, node, start, position),
                        partition,
                        node,
                        start,
                        position,
                        target);
            case MatchValue.Matched m -> {
                target.clearNull(0);
                ((BooleanColumn) target).set(0, true);
            }
            case MatchValue.MatchNumber n -> {
                target.clearNull(0);
                ((LongColumn) target).set(0, partition.matches + 1);
            }
            case MatchValue.Aggregated a -> {
                target.clearNull(0);
                boolean own = a.variables().contains(variable);
                aggregates[value].write(partition, node, start, own ? position : RunningAggregate.NO_ROW, rows, target);
            }
        }
    }

    private void classify(long place, MatchPartition partition, int node, long start, long position, Column target) {
        if (place < start || place > position) {
            target.setNull(0);
            return;
        }
        int found = variable;
        if (place < position) {
            int at = node;
            while (start + partition.history.depth(at) > place) {
                at = partition.history.parent(at);
            }
            found = partition.history.variable(at);
        }
        target.clearNull(0);
        ((BytesColumn) target).append(0, names.get(found));
    }

    /** Returns the position of the row that a place names, or one where no row can be. */
    private long find(RowPlace place, int set, MatchPartition partition, int node, long start, long position) {
        boolean own = place.variables().contains(variable);
        long found = place.first()
                ? fromFirst(place.skipped(), set, partition.history, node, start, own ? position : -1)
                : fromLast(place.skipped(), set, partition.history, node, start, own ? position : -1);
        return found < 0 ? -1 : found + place.offset();
    }

    private static long fromLast(long skipped, int set, History history, int node, long start, long own) {
        if (own >= 0 && skipped == 0) {
            return own;
        }
        int at = history.last(node, set);
        for (long left = own >= 0 ? skipped - 1 : skipped; left > 0 && at != History.NONE; left--) {
            at = history.last(history.parent(at), set);
        }
        return at == History.NONE ? -1 : start + history.depth(at);
    }

    private static long fromFirst(long skipped, int set, History history, int node, long start, long own) {
        int at = history.first(node, set);
        if (skipped == 0) {
            return at == History.NONE ? own : start + history.depth(at);
        }
        long before = 0;
        for (int n = history.last(node, set); n != History.NONE; n = history.last(history.parent(n), set)) {
            before++;
        }
        if (skipped >= before) {
            return skipped == before ? own : -1;
        }
        return fromLast(before - 1 - skipped, set, history, node, start, -1);
    }

    /** Returns whether the condition has the same value for two histories, whatever row comes. */
    boolean same(History history, int one, int other) {
        for (int i = 0; i < values.length; i++) {
            boolean same = switch (values[i]) {
                case MatchValue.At at -> same(at.place(), sets[i], history, one, other, false);
                case MatchValue.Exists e -> same(e.place(), sets[i], history, one, other, false);
                case MatchValue.Here here -> true;
                case MatchValue.Matched m -> true;
                case MatchValue.MatchNumber n -> true;
                case MatchValue.Aggregated a -> history.sameRows(one, other, sets[i]);
                case MatchValue.Classifier c ->
                    c.place().offset() == 0
                            ? same(c.place(), sets[i], history, one, other, true)
                            : history.sameVariables(one, other);
            };
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(RowPlace place, int set, History history, int one, int other, boolean labels) {
        if (place.first()) {
            int a = history.first(one, set);
            int b = history.first(other, set);
            return place.skipped() == 0 && same(history, a, b, labels);
        }
        int a = history.last(one, set);
        int b = history.last(other, set);
        for (long left = place.skipped(); same(history, a, b, labels); left--) {
            if (a == b || left == 0) {
                return true;
            }
            a = history.last(history.parent(a), set);
            b = history.last(history.parent(b), set);
        }
        return false;
    }

    private static boolean same(History history, int a, int b, boolean labels) {
        if (a == b || a == History.NONE || b == History.NONE) {
            return a == b;
        }
        return history.depth(a) == history.depth(b) && (!labels || history.variable(a) == history.variable(b));
    }
}
