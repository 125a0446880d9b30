package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.runtime.expression.function.Slice;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a generated class is: the loops of one projection. Public for the generated classes only. */
public abstract class GeneratedBody {

    /** Bytes of values of one expression that are kept for a batch; some more where an array doubles. */
    private static final int KEPT_BYTES_MAX = 16 << 20;

    private static final int KEPT_VALUE_BYTES_MAX = 1 << 16;

    private static final RowErrors NOWHERE = (row, code, reason) -> {};

    /** The session's time zone. */
    protected ZoneId zone = ZoneOffset.UTC;

    /** What CURRENT_TIMESTAMP is. */
    protected long stepMicros;

    private EvaluationContext context = EvaluationContext.at(0);
    private RowErrors errors = NOWHERE;
    private boolean[] noMarks = {};
    private int[] failedRows = {};
    private int failedCount;

    /** Takes the constants that the source refers to by their place. */
    protected abstract void bind(Object[] constants);

    /** Takes the parameters' values. */
    protected abstract void parameters();

    /** Takes the arrays of the columns that are used, and tells whether any of them has a NULL. */
    protected abstract boolean load(RowBatch input);

    /** Writes the rows that pass and returns how many there are. */
    protected abstract int condition(boolean nulls, int @Nullable [] selection, int count, int[] passed);

    /** Computes one output for the selected rows. */
    protected abstract void output(
            int index, boolean nulls, int @Nullable [] selection, int count, Column target, boolean[] marks);

    /**
     * Gives rows to the accumulators of their groups; written for aggregate functions alone.
     *
     * @param weights by row, or null where all are 1
     */
    protected void aggregate(
            boolean nulls,
            int[] rows,
            int[] groups,
            int count,
            int @Nullable [] weights,
            @Nullable Object[] accumulators) {
        throw new IllegalStateException("aggregates nothing");
    }

    final void begin(EvaluationContext newContext, RowErrors newErrors) {
        context = newContext;
        errors = newErrors;
        zone = newContext.zone();
        stepMicros = newContext.stepMicros();
        parameters();
    }

    /** Lets go of what belongs to the caller. */
    final void end() {
        errors = NOWHERE;
    }

    /** Returns the parameter's value, null for NULL. */
    protected final @Nullable Object parameter(int index) {
        return context.parameters().get(index);
    }

    /** Returns a column's NULL marks, or marks that say none. */
    protected final boolean[] marks(Column column, int rows) {
        boolean[] marks = column.nulls();
        if (marks != null) {
            return marks.length >= rows ? marks : Arrays.copyOf(marks, rows);
        }
        if (noMarks.length < rows) {
            noMarks = new boolean[Math.max(rows, 1024)];
        }
        return noMarks;
    }

    /** Returns marks of which none is set, the same array where it is long enough. */
    protected final byte[] unmarked(byte[] marks, int rows) {
        if (marks.length < rows) {
            return new byte[Math.max(rows, 1024)];
        }
        Arrays.fill(marks, 0, rows, (byte) 0);
        return marks;
    }

    /** Returns an empty column with room for so many rows, the same where it has not grown too large. */
    protected final BytesColumn emptied(BytesColumn column, int rows) {
        BytesColumn empty = column.data().length > KEPT_BYTES_MAX ? new BytesColumn(rows) : column;
        empty.clear();
        empty.ensureCapacity(rows);
        return empty;
    }

    /** Returns whether a value is to be kept in the column for its other uses. */
    protected final boolean hasRoom(BytesColumn column, Slice value) {
        return value.end - value.start <= KEPT_VALUE_BYTES_MAX && column.data().length <= KEPT_BYTES_MAX;
    }

    /** Reports a row and keeps it for {@link #withoutFailed}. */
    protected final void fail(int row, RowFailure failure) {
        errors.report(row, failure.code(), failure.reason());
        if (failedCount == failedRows.length) {
            failedRows = Arrays.copyOf(failedRows, Math.max(64, failedCount * 2));
        }
        failedRows[failedCount++] = row;
    }

    /** Reports a row whose arithmetic went out of range. */
    protected final void fail(int row, ArithmeticException failure) {
        fail(row, new RowFailure(ErrorCode.NUMERIC_OVERFLOW, "number out of range"));
    }

    final boolean anyFailed() {
        return failedCount > 0;
    }

    /**
     * Copies a selection without the rows that failed since the last call. Both are ascending; both arrays may be
     * one.
     */
    final int withoutFailed(int @Nullable [] selection, int count, int[] kept) {
        int failed = 0;
        int size = 0;
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            if (failed < failedCount && failedRows[failed] == row) {
                failed++;
            } else {
                kept[size++] = row;
            }
        }
        failedCount = 0;
        return size;
    }

    /** Applies a function that has no code of its own. */
    protected final @Nullable Object interpret(Call call, @Nullable Object[] values) {
        return Interpreter.apply(call, values, context);
    }

    /** Casts a value that has no code of its own. */
    protected final Object interpret(Cast cast, Object value) {
        return InterpretedCast.cast(value, cast.operand().type(), cast.type(), zone);
    }
}
