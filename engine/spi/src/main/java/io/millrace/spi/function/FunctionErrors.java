package io.millrace.spi.function;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;

/** What is wrong with a class that is to be a function. */
final class FunctionErrors {

    private FunctionErrors() {}

    static MillraceException unusable(String message, String hint) {
        return new MillraceException(ErrorCode.INVALID_STATEMENT, message, hint);
    }
}
