package io.millrace.spi.connector;

import io.millrace.spi.row.RowBatch;
import java.util.List;

/**
 * Rows of a split, and what is known after them.
 *
 * @param rows the rows, valid until the reader's next call; may have none
 * @param rejected entries that could not be read as rows
 * @param rowtimeBound no row of this split that comes after has a ROWTIME below this, in microseconds
 *     since 1970; {@link Long#MIN_VALUE} where the split promises nothing
 */
public record SourceBatch(RowBatch rows, List<RejectedEntry> rejected, long rowtimeBound) {}
