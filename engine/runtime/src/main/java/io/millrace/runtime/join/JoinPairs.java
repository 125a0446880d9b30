package io.millrace.runtime.join;

import io.millrace.plan.expression.Expression;
import io.millrace.runtime.expression.BatchProjection;
import io.millrace.runtime.expression.EvaluationContext;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.expression.RowErrors;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pairs of rows by number, tested by what the join's keys do not say, and put side by side. */
public final class JoinPairs {

    /** Most pairs at a time. */
    public static final int PAIRS_MAX = 4096;

    /** Joins are many where they are in lanes, and most have few pairs. */
    private static final int PAIRS_MIN = 64;

    private final int leftColumns;
    private final @Nullable BatchProjection condition;
    private final BitSet tested;
    private final RowBatch pairs;
    private int[] left = new int[PAIRS_MIN];
    private int[] right = new int[PAIRS_MIN];
    private int[] weights = new int[PAIRS_MIN];
    private int count;

    /**
     * @param condition over the left's columns and the right's behind them, or null
     * @param tested the columns that the condition looks at
     */
    public JoinPairs(
            RowType leftType,
            RowType rightType,
            @Nullable Expression condition,
            BitSet tested,
            ExpressionEngine engine) {
        List<Field> fields = new ArrayList<>(leftType.fields());
        fields.addAll(rightType.fields());
        RowType type = new RowType(fields);
        this.leftColumns = leftType.size();
        this.condition = condition == null ? null : engine.filter(type, condition);
        this.tested = tested;
        this.pairs = RowBatch.create(type, 0);
    }

    public void clear() {
        count = 0;
    }

    public boolean full() {
        return count == PAIRS_MAX;
    }

    public int count() {
        return count;
    }

    /** Returns how many more pairs fit. */
    public int room() {
        return PAIRS_MAX - count;
    }

    public void add(int leftRow, int rightRow, int weight) {
        if (count == left.length) {
            left = Arrays.copyOf(left, 4 * count);
            right = Arrays.copyOf(right, 4 * count);
            weights = Arrays.copyOf(weights, 4 * count);
        }
        left[count] = leftRow;
        right[count] = rightRow;
        weights[count++] = weight;
    }

    public int[] left() {
        return left;
    }

    public int[] right() {
        return right;
    }

    public int[] weights() {
        return weights;
    }

    /** Drops the pairs for which the condition is not TRUE. Rows that fail are reported by their place here. */
    public void test(RowBatch leftRows, RowBatch rightRows, EvaluationContext context, RowErrors errors) {
        if (condition == null || count == 0) {
            return;
        }
        gather(leftRows, rightRows, tested);
        RowBatch passed = condition.apply(pairs, context, errors);
        int kept = passed.selectedCount();
        if (kept < count) {
            for (int i = 0; i < kept; i++) {
                int at = passed.selectedRow(i);
                left[i] = left[at];
                right[i] = right[at];
                weights[i] = weights[at];
            }
            count = kept;
        }
    }

    /** Returns the pairs as rows, valid until the next call of anything here. */
    public RowBatch rows(RowBatch leftRows, RowBatch rightRows) {
        gather(leftRows, rightRows, null);
        return pairs;
    }

    private void gather(RowBatch leftRows, RowBatch rightRows, @Nullable BitSet wanted) {
        pairs.select(null, 0);
        pairs.size(count);
        for (int i = 0; i < pairs.columnCount(); i++) {
            if (wanted == null || wanted.get(i)) {
                boolean ofLeft = i < leftColumns;
                Gather.gather(
                        ofLeft ? leftRows.column(i) : rightRows.column(i - leftColumns),
                        ofLeft ? left : right,
                        null,
                        count,
                        pairs.column(i));
            }
        }
    }
}
