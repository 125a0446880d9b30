package io.millrace.runtime.match;

import io.millrace.spi.error.ErrorCode;

/** Takes the rows for which something cannot be computed. */
@FunctionalInterface
public interface RowFailures {

    /**
     * Reports a row.
     *
     * @param row its number in {@link MatchRows#rows()}
     */
    void report(int row, ErrorCode code, String reason);
}
