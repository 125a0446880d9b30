package io.millrace.server.engine;

import io.millrace.runtime.expression.BatchProjection;
import io.millrace.runtime.expression.EvaluationContext;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a file with the columns that its folders fill. For one thread at a time.
 *
 * @param rows those of the file, closed with this
 * @param filled what makes the wanted rows of them
 */
record FilledRows(CopiedRows rows, BatchProjection filled, EvaluationContext context) implements CopiedRows {

    @Override
    public @Nullable RowBatch next() throws IOException {
        RowBatch batch = rows.next();
        return batch == null
                ? null
                : filled.apply(batch, context, (row, code, reason) -> {
                    throw new MillraceException(code, reason);
                });
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
