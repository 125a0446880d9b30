package io.millrace.runtime.match;

import io.millrace.plan.MatchValue;
import io.millrace.plan.PatternVariable;
import io.millrace.plan.PlanNode;
import io.millrace.plan.RowPlace;
import io.millrace.plan.RowsPerMatch;
import io.millrace.runtime.aggregate.MovingAggregate;
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
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes rows of matches. What measures are computed from is collected first, for many rows at a time. */
final class MatchOutput {

    private final PlanNode.Match node;
    private final List<String> names;
    private final MatchValue[] values;
    private final int[] sets;
    private final long[] bits;
    private final @Nullable MovingAggregate[] aggregates;
    private final int[] added;
    private final FoundMatch match;
    private final RowBatch copies;
    private final RowBatch inputs;
    private final BatchProjection measures;
    private int[] sources = new int[64];

    MatchOutput(PlanNode.Match node, ExpressionEngine engine) {
        this.node = node;
        this.names = node.rows().variables().stream().map(PatternVariable::name).toList();
        this.values = node.values().toArray(MatchValue[]::new);
        VariableSets found = new VariableSets();
        this.sets = node.values().stream().mapToInt(found::place).toArray();
        this.aggregates = new MovingAggregate[values.length];
        this.added = new int[values.length];
        this.bits = found.toArray();
        this.match = new FoundMatch(bits);
        RowType input = node.input().rowType();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            fields.add(new Field("v" + i, values[i].type(), values[i].nullable()));
            if (values[i] instanceof MatchValue.Aggregated a) {
                aggregates[i] = MovingAggregate.create(a.call(), input, true, engine);
            }
        }
        int copied = node.columns().size();
        List<Field> outputs = node.rowType().fields();
        this.copies = RowBatch.create(new RowType(outputs.subList(0, copied)), 0);
        this.inputs = RowBatch.create(new RowType(fields), 0);
        this.measures = engine.projection(
                inputs.type(), null, node.measures(), new RowType(outputs.subList(copied, outputs.size())));
    }

    int size() {
        return inputs.size();
    }

    void clear() {
        copies.clear();
        inputs.clear();
    }

    /** Takes the match that a partition prefers, and adds its rows. */
    FoundMatch add(MatchPartition partition, MatchRows rows, RowFailures failures) {
        match.of(partition);
        clearAggregates();
        if (!node.rows().allRows() || match.length() == 0) {
            if (match.length() > 0 || node.rows().perMatch() != RowsPerMatch.ALL_OMITTING_EMPTY) {
                add(partition, match.length() - 1, match.start(), rows, failures);
            }
            return match;
        }
        for (int i = 0; i < match.length(); i++) {
            if (!match.excluded(i)) {
                add(partition, i, match.start() + i, rows, failures);
            }
        }
        return match;
    }

    /** Adds a row that is in no match. */
    void addUnmatched(MatchPartition partition, long position, MatchRows rows, RowFailures failures) {
        match.none(position);
        clearAggregates();
        add(partition, -1, position, rows, failures);
    }

    private void clearAggregates() {
        for (int i = 0; i < values.length; i++) {
            MovingAggregate aggregate = aggregates[i];
            if (aggregate != null) {
                aggregate.clear(0);
                added[i] = 0;
            }
        }
    }

    /** Adds a row, unless it fails. */
    private void add(MatchPartition partition, int current, long copied, MatchRows rows, RowFailures failures) {
        RowBatch source = rows.rows();
        int row = inputs.size();
        int sourceRow = partition.row(copied);
        inputs.ensureCapacity(row + 1);
        try {
            for (int i = 0; i < values.length; i++) {
                write(i, partition, current, source, row);
            }
        } catch (MillraceException e) {
            failures.report(sourceRow, e.code(), e.describe());
            return;
        }
        copies.ensureCapacity(row + 1);
        for (int i = 0; i < copies.columnCount(); i++) {
            copies.column(i).copyFrom(source.column(node.columns().get(i)), sourceRow, row);
        }
        if (sources.length <= row) {
            sources = Arrays.copyOf(sources, 2 * row);
        }
        sources[row] = sourceRow;
        copies.size(row + 1);
        inputs.size(row + 1);
    }

    private void write(int value, MatchPartition partition, int current, RowBatch source, int row) {
        Column target = inputs.column(value);
        target.clearNull(row);
        switch (values[value]) {
            case MatchValue.At at -> {
                long position = find(at.place(), value, current);
                if (partition.has(position)) {
                    target.copyFrom(source.column(at.column()), partition.row(position), row);
                } else {
                    target.setNull(row);
                }
            }
            case MatchValue.Here here ->
                target.copyFrom(source.column(here.column()), partition.row(match.start() + Math.max(0, current)), row);
            case MatchValue.Exists e ->
                ((BooleanColumn) target).set(row, partition.has(find(e.place(), value, current)));
            case MatchValue.Classifier c -> {
                int variable = match.variableAt(find(c.place(), value, current));
                if (variable < 0) {
                    target.setNull(row);
                } else {
                    ((BytesColumn) target).append(row, names.get(variable));
                }
            }
            case MatchValue.Matched m -> ((BooleanColumn) target).set(row, match.matched());
            case MatchValue.MatchNumber n -> ((LongColumn) target).set(row, match.number());
            case MatchValue.Aggregated a -> {
                MovingAggregate aggregate = aggregates[value];
                if (aggregate != null) {
                    grow(aggregate, value, partition, a.whole() ? match.length() - 1 : current, source);
                    aggregate.result(0, target, row);
                }
            }
        }
    }

    private long find(RowPlace place, int value, int current) {
        return match.find(place, sets[value], current);
    }

    private void grow(MovingAggregate aggregate, int value, MatchPartition partition, int until, RowBatch source) {
        for (; added[value] <= until; added[value]++) {
            if (match.belongs(added[value], bits[sets[value]])) {
                long position = match.start() + added[value];
                aggregate.add(0, source, partition.row(position), position);
            }
        }
    }

    /** Returns the rows that were added; those whose measures fail are left out. */
    RowBatch rows(EvaluationContext context, RowFailures failures) {
        RowBatch measured =
                measures.apply(inputs, context, (row, code, reason) -> failures.report(sources[row], code, reason));
        int copied = copies.columnCount();
        Column[] columns = new Column[node.rowType().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = i < copied ? copies.column(i) : measured.column(i - copied);
        }
        RowBatch out = new RowBatch(node.rowType(), columns);
        out.size(measured.size());
        out.select(measured.selection(), measured.selectedCount());
        return out;
    }
}
