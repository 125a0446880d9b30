package io.millrace.runtime.expression;

import io.millrace.spi.error.ErrorCode;

/** Takes the rows whose evaluation failed. */
@FunctionalInterface
public interface RowErrors {

    /**
     * Reports a row that is left out.
     *
     * @param inputRow its row number in the input batch
     * @param code what kind of failure it is
     * @param reason what is wrong, as a phrase
     */
    void report(int inputRow, ErrorCode code, String reason);
}
