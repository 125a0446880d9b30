package io.millrace.spi.connector;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.RowBatch;
import java.util.List;

/**
 * What a {@link RowPreparation} made of rows.
 *
 * @param rows under the row numbers that they had; may have none
 * @param failures the rows that are left out since they could not be computed, in the order in which they failed
 */
public record PreparedRows(RowBatch rows, List<Failure> failures) {

    /**
     * A row that could not be computed.
     *
     * @param row its number
     * @param reason what is wrong, as a phrase
     */
    public record Failure(int row, ErrorCode code, String reason) {}
}
