package io.millrace.runtime.expression;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;

/** Stands where an accumulator stood that its function failed with: the group has no result, and this is why. */
public record FailedAggregate(ErrorCode code, String reason) {

    MillraceException error() {
        return new MillraceException(code, reason);
    }
}
