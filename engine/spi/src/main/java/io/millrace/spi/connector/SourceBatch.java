package io.millrace.spi.connector;

import io.millrace.spi.row.RowBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a split, and what is known after them.
 *
 * @param rows the rows, valid until the reader's next call; may have none
 * @param rejected entries that could not be read as rows
 * @param rowtimeBound no row of this split that comes after has a ROWTIME below this, in microseconds
 *     since 1970; {@link Long#MIN_VALUE} where the split promises nothing
 * @param prepared what the reader's {@link RowPreparation} made of the rows, valid as they are; null where nobody did
 *     that yet
 */
public record SourceBatch(
        RowBatch rows,
        List<RejectedEntry> rejected,
        long rowtimeBound,
        @Nullable PreparedRows prepared) {

    /** Rows that nobody has prepared. */
    public SourceBatch(RowBatch rows, List<RejectedEntry> rejected, long rowtimeBound) {
        this(rows, rejected, rowtimeBound, null);
    }

    /** Returns the same with what was made of the rows. */
    public SourceBatch with(PreparedRows made) {
        return new SourceBatch(rows, rejected, rowtimeBound, made);
    }
}
