package io.millrace.runtime.aggregate;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Storage;

/** Chooses the accumulator of a call. */
final class Accumulators {

    private Accumulators() {}

    static Accumulator create(AggregateCall call, RowType input, boolean updating) {
        if (call.distinct()
                && distinctMatters(call.function())
                && !call.arguments().isEmpty()) {
            // Behind the table of distinct values the arguments are columns 1, 2, …
            Accumulator inner = plain(call, input, 1, updating);
            return new DistinctAccumulator(inner, call.arguments(), input);
        }
        if (call.arguments().size() > 1) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED, call.function() + " of several columns works with DISTINCT only");
        }
        int argument = call.arguments().isEmpty() ? -1 : call.arguments().getFirst();
        return plain(call, input, argument, updating);
    }

    private static boolean distinctMatters(AggregateFunction function) {
        return switch (function) {
            case COUNT, SUM, SUM0, AVG, STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP -> true;
            case MIN, MAX, EVERY, SOME, FIRST_VALUE, LAST_VALUE, ANY_VALUE, SINGLE_VALUE -> false;
        };
    }

    private static Accumulator plain(AggregateCall call, RowType input, int argument, boolean updating) {
        AggregateFunction function = call.function();
        if (function == AggregateFunction.COUNT) {
            return new CountAccumulator(argument);
        }
        DataType type = input.field(call.arguments().getFirst()).type();
        return switch (function) {
            case COUNT -> new CountAccumulator(argument);
            case SUM, SUM0, AVG ->
                type instanceof FloatingType
                        ? new DoubleSumAccumulator(function, argument)
                        : new ExactSumAccumulator(
                                function, argument, new NumberResult(function.name(), type, call.type()));
            case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP ->
                new VarianceAccumulator(function, argument, type, call.type());
            case EVERY -> new TruthAccumulator(true, argument);
            case SOME -> new TruthAccumulator(false, argument);
            case MIN, MAX -> extreme(function, argument, type, updating);
            case FIRST_VALUE, LAST_VALUE, ANY_VALUE -> value(function, argument, type, updating);
            case SINGLE_VALUE ->
                new SingleValueAccumulator(value(AggregateFunction.FIRST_VALUE, argument, type, updating));
        };
    }

    private static Accumulator extreme(AggregateFunction function, int argument, DataType type, boolean updating) {
        if (!updating && (type.storage() == Storage.LONG || type.storage() == Storage.INT)) {
            return new LongExtremeAccumulator(function == AggregateFunction.MAX, argument);
        }
        return value(function, argument, type, updating);
    }

    private static Accumulator value(AggregateFunction function, int argument, DataType type, boolean updating) {
        return updating
                ? new MultisetAccumulator(function, argument, type)
                : new ValueAccumulator(function, argument, type);
    }
}
