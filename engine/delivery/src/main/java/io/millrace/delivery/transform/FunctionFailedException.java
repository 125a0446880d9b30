package io.millrace.delivery.transform;

import java.io.IOException;

/** A function that could not be called, or whose answer is of no use. Calling it again may help. */
final class FunctionFailedException extends IOException {

    private static final long serialVersionUID = 1;

    private final String errorCode;
    private final String function;

    /** @param errorCode in the words of Data Firehose */
    FunctionFailedException(String errorCode, String function, String message, Throwable cause) {
        super("function " + function + " " + message, cause);
        this.errorCode = errorCode;
        this.function = function;
    }

    FunctionFailedException(String errorCode, String function, String message) {
        super("function " + function + " " + message);
        this.errorCode = errorCode;
        this.function = function;
    }

    String errorCode() {
        return errorCode;
    }

    String function() {
        return function;
    }
}
