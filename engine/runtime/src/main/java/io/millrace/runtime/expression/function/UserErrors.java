package io.millrace.runtime.expression.function;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;

/** What users' functions throw, as errors of the row that name the function. */
public final class UserErrors {

    private UserErrors() {}

    /**
     * Returns the failure of the row.
     *
     * @throws VirtualMachineError where what was thrown concerns the whole machine, such as a lack of memory
     */
    public static RowFailure failed(String function, Throwable thrown) {
        if (thrown instanceof VirtualMachineError error && !(thrown instanceof StackOverflowError)) {
            throw error;
        }
        if (thrown instanceof RowFailure failure) {
            return new RowFailure(failure.code(), "function '" + function + "': " + failure.reason());
        }
        return new RowFailure(ErrorCode.FUNCTION_FAILED, "function '" + function + "' failed: " + thrown);
    }
}
