package io.millrace.runtime.expression;

import io.millrace.spi.row.RowBatch;

/** Filter and projection of batches, fused. For one thread at a time. */
public interface BatchProjection {

    /**
     * Evaluates the condition and the outputs for the rows that count.
     *
     * <p>The answer belongs to this object and is valid until the next call. Its rows have the row numbers of the
     * input; its selection leaves out the rows for which the condition is not TRUE and the rows that failed,
     * which are reported. It shares columns, weights and selection of the input where it can, so the input must
     * stay as it is for as long as the answer is used.
     */
    RowBatch apply(RowBatch input, EvaluationContext context, RowErrors errors);
}
