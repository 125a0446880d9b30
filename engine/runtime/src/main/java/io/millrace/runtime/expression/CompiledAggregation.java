package io.millrace.runtime.expression;

import io.millrace.spi.row.RowBatch;
import org.jspecify.annotations.Nullable;

/** Runs a generated loop. */
final class CompiledAggregation extends UserAggregation {

    private final GeneratedBody body;

    CompiledAggregation(GeneratedBody body, BoundAggregate function) {
        super(function);
        this.body = body;
    }

    @Override
    public void add(RowBatch batch, int[] rows, int[] groups, int count, @Nullable Object[] accumulators) {
        boolean nulls = body.load(batch);
        body.aggregate(nulls, rows, groups, count, batch.weights(), accumulators);
    }
}
