package io.millrace.runtime.match;

import io.millrace.plan.MatchValue;
import io.millrace.plan.PatternVariable;
import io.millrace.plan.expression.Expression;
import io.millrace.runtime.expression.BatchProjection;
import io.millrace.runtime.expression.EvaluationContext;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.join.Gather;
import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conditions that hang on a row and the rows around it alone, whatever is matched. They are computed once for each
 * row, many rows at a time.
 */
final class NearConditions {

    private static final int ROWS_MAX = 4096;

    private final List<MatchValue> values = new ArrayList<>();
    private final List<Integer> variables = new ArrayList<>();
    private final long others;
    private final @Nullable BatchProjection projection;
    private final RowBatch inputs;
    private final int[] numbers = new int[ROWS_MAX];
    private final MatchPartition[] partitions = new MatchPartition[ROWS_MAX];
    private final long[] positions = new long[ROWS_MAX];
    private int count;

    NearConditions(List<PatternVariable> all, ExpressionEngine engine) {
        List<Expression> conditions = new ArrayList<>();
        long rest = 0;
        for (int variable = 0; variable < all.size(); variable++) {
            Expression condition = all.get(variable).condition();
            if (condition == null || !near(all.get(variable), variable)) {
                rest |= 1L << variable;
                continue;
            }
            variables.add(variable);
            conditions.add(moved(condition, values.size()));
            values.addAll(all.get(variable).values());
        }
        this.others = rest;
        List<Field> fields = new ArrayList<>();
        values.forEach(value -> fields.add(new Field("v" + fields.size(), value.type(), value.nullable())));
        this.inputs = RowBatch.create(new RowType(fields), 0);
        this.projection =
                conditions.isEmpty() ? null : engine.projection(inputs.type(), null, conditions, outputs(conditions));
    }

    private static RowType outputs(List<Expression> conditions) {
        List<Field> fields = new ArrayList<>();
        conditions.forEach(c -> fields.add(new Field("c" + fields.size(), DataType.BOOLEAN, c.nullable())));
        return new RowType(fields);
    }

    private static Expression moved(Expression condition, int by) {
        return by == 0 ? condition : MovedColumns.by(condition, by);
    }

    /** Returns whether a variable's condition is one of these. */
    static boolean near(PatternVariable variable, int number) {
        return variable.values().stream().allMatch(value -> switch (value) {
            case MatchValue.At at -> at.place().byCurrent(number);
            case MatchValue.Exists e -> e.place().byCurrent(number);
            default -> false;
        });
    }

    /** Computes the conditions for the rows of a partition up to a position. */
    void judge(MatchPartition partition, long until, MatchRows rows, EvaluationContext context, RowFailures failures) {
        for (; partition.judged < until; partition.judged++) {
            if (projection == null) {
                partition.fitting(partition.judged, others);
                continue;
            }
            partitions[count] = partition;
            positions[count++] = partition.judged;
            if (count == ROWS_MAX) {
                compute(rows, context, failures);
            }
        }
    }

    /** Computes what is left over. */
    void compute(MatchRows rows, EvaluationContext context, RowFailures failures) {
        if (count == 0 || projection == null) {
            return;
        }
        inputs.clear();
        for (int i = 0; i < values.size(); i++) {
            fill(i, rows.rows());
        }
        inputs.size(count);
        for (int i = 0; i < count; i++) {
            partitions[i].fitting(positions[i], 0);
        }
        RowBatch judged = projection.apply(
                inputs,
                context,
                (row, code, reason) -> failures.report(partitions[row].row(positions[row]), code, reason));
        for (int i = 0; i < judged.selectedCount(); i++) {
            int row = judged.selectedRow(i);
            partitions[row].fitting(positions[row], fitting(judged, row));
        }
        // A row that fails fits what has no condition that could.
        for (int i = 0; i < count; i++) {
            partitions[i].fitting(positions[i], partitions[i].fitting(positions[i]) | others);
        }
        count = 0;
    }

    private void fill(int value, RowBatch source) {
        switch (values.get(value)) {
            case MatchValue.At at -> {
                places(at.place().offset());
                Gather.gather(source.column(at.column()), numbers, null, count, inputs.column(value));
            }
            case MatchValue.Exists e -> {
                places(e.place().offset());
                BooleanColumn target = (BooleanColumn) inputs.column(value);
                target.ensureCapacity(count);
                for (int i = 0; i < count; i++) {
                    target.set(i, numbers[i] != Gather.NONE);
                }
            }
            default -> throw new IllegalStateException("not near: " + values.get(value));
        }
    }

    private void places(long offset) {
        for (int i = 0; i < count; i++) {
            long position = positions[i] + offset;
            numbers[i] = partitions[i].has(position) ? partitions[i].row(position) : Gather.NONE;
        }
    }

    private long fitting(RowBatch judged, int row) {
        long bits = 0;
        for (int i = 0; i < variables.size(); i++) {
            BooleanColumn column = (BooleanColumn) judged.column(i);
            if (!column.isNull(row) && column.get(row)) {
                bits |= 1L << variables.get(i);
            }
        }
        return bits;
    }
}
