package io.millrace.runtime.over;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.OverCall.Picked;
import java.util.List;

/** FIRST_VALUE of a frame that starts with its partition: once known, it stays, and the row itself may go. */
final class FirstOfAll {

    private FirstOfAll() {}

    static AggregateCall call(Picked call) {
        AggregateFunction function = call.ignoreNulls() ? AggregateFunction.ANY_VALUE : AggregateFunction.FIRST_VALUE;
        return new AggregateCall(function, List.of(call.argument()), false, AggregateCall.NO_FILTER, call.type(), true);
    }
}
