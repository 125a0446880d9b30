package io.millrace.runtime.aggregate;

import io.millrace.plan.AggregateCall;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;

/** What a call takes once: a separator, a share, a number of values. */
final class Constants {

    private Constants() {}

    static String text(AggregateCall call, int index) {
        return call.constants().get(index).value() instanceof String text ? text : "";
    }

    /** Returns a number from 0 to 1. */
    static double share(AggregateCall call) {
        if (call.constants().getFirst().value() instanceof Number number
                && number.doubleValue() >= 0
                && number.doubleValue() <= 1) {
            return number.doubleValue();
        }
        throw new MillraceException(
                ErrorCode.INVALID_ARGUMENT,
                call.function() + " takes a share from 0 to 1, and got "
                        + call.constants().getFirst().value());
    }

    /** Returns a number from 1 on. */
    static int count(AggregateCall call) {
        if (call.constants().getFirst().value() instanceof Number number && number.intValue() >= 1) {
            return number.intValue();
        }
        throw new MillraceException(
                ErrorCode.INVALID_ARGUMENT,
                call.function() + " takes a number from 1 on, and got "
                        + call.constants().getFirst().value());
    }
}
