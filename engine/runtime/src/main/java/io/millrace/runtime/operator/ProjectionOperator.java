package io.millrace.runtime.operator;

import io.millrace.runtime.expression.BatchProjection;
import io.millrace.runtime.expression.RowErrors;
import io.millrace.spi.connector.PreparedRows;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import org.jspecify.annotations.Nullable;

/** Filters and projects, in one go. Rows that fail are rejected. */
final class ProjectionOperator extends Operator {

    private final BatchProjection projection;
    private final @Nullable ScanOperator ahead;
    private final ColumnBounds bounds;
    private final String origin;
    private final RowErrors errors = this::reject;
    private @Nullable Step step;
    private @Nullable RowBatch now;

    ProjectionOperator(
            String id,
            RowType rowType,
            Operator input,
            BatchProjection projection,
            ColumnBounds bounds,
            String origin) {
        super(id, rowType, input);
        this.projection = projection;
        this.ahead = input instanceof ScanOperator scan ? scan : null;
        this.bounds = bounds;
        this.origin = origin;
    }

    @Override
    public void begin(Step newStep) {
        super.begin(newStep);
        step = newStep;
    }

    @Override
    protected @Nullable RowBatch produce() {
        Step running = step;
        if (running == null) {
            throw new IllegalStateException("no step has begun");
        }
        for (RowBatch batch = input().next(); batch != null; batch = input().next()) {
            now = batch;
            PreparedRows prepared = ahead == null ? null : ahead.prepared();
            RowBatch result = prepared == null ? projection.apply(batch, running.context(), errors) : taken(prepared);
            if (result.selectedCount() > 0) {
                return result;
            }
        }
        return null;
    }

    /** Rows that were read ahead have been filtered and projected in the same way. */
    private RowBatch taken(PreparedRows prepared) {
        prepared.failures().forEach(failure -> reject(failure.row(), failure.code(), failure.reason()));
        return prepared.rows();
    }

    private void reject(int row, ErrorCode code, String reason) {
        if (step != null && now != null) {
            step.reject(origin, now, row, code, reason);
        }
    }

    @Override
    public boolean mayHaveMore() {
        return input().mayHaveMore();
    }

    @Override
    long outTime() {
        return input().outTime();
    }

    @Override
    long givenTime() {
        return input().givenTime();
    }

    @Override
    public long bound(int column) {
        return bounds.of(column, input());
    }

    @Override
    public boolean complete() {
        return input().complete();
    }
}
