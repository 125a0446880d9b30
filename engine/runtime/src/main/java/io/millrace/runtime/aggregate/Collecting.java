package io.millrace.runtime.aggregate;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.SortKey;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;

/** Makes the accumulators that keep all rows of a group. */
final class Collecting {

    private Collecting() {}

    static Accumulator create(AggregateCall call, RowType input) {
        return switch (call.function()) {
            case STRING_AGG -> listed(call, input, call.arguments(), CollectedValues.joined(Constants.text(call, 0)));
            case ARRAY_AGG -> listed(call, input, List.of(), CollectedValues::array);
            case ARG_MIN -> ofExtreme(call, input, false);
            case ARG_MAX -> ofExtreme(call, input, true);
            default -> ordered(call, input);
        };
    }

    /** Of values in an order that may be by other columns, or by arrival. */
    private static Accumulator listed(AggregateCall call, RowType input, List<Integer> required, Collected function) {
        List<Integer> sources = new ArrayList<>(call.arguments());
        for (SortKey key : call.order()) {
            if (!sources.contains(key.column())) {
                sources.add(key.column());
            }
        }
        return new CollectingAccumulator(input, sources, call.order(), required, function);
    }

    private static Accumulator ofExtreme(AggregateCall call, RowType input, boolean max) {
        int argument = call.arguments().get(0);
        int by = call.arguments().get(1);
        List<SortKey> order = List.of(new SortKey(by, max, false), new SortKey(argument, max, false));
        List<Integer> sources = argument == by ? List.of(argument) : List.of(argument, by);
        return new CollectingAccumulator(input, sources, order, sources, CollectedValues::first);
    }

    /** Of one column, by which rows are ordered. */
    private static Accumulator ordered(AggregateCall call, RowType input) {
        SortKey key = call.order().isEmpty()
                ? new SortKey(call.arguments().getFirst(), false, false)
                : call.order().getFirst();
        List<Integer> source = List.of(key.column());
        DataType type = input.field(key.column()).type();
        Collected function = switch (call.function()) {
            case PERCENTILE_CONT -> CollectedValues.continuous(Constants.share(call), type);
            case PERCENTILE_DISC -> CollectedValues.discrete(Constants.share(call));
            case MODE -> CollectedValues::mode;
            case APPROX_PERCENTILE -> CollectedValues.quantile(Constants.share(call), type);
            case APPROX_QUANTILES -> CollectedValues.quantiles(Constants.count(call), type);
            case APPROX_TOP_K -> CollectedValues.mostFrequent(Constants.count(call));
            default -> throw new IllegalStateException(call.function() + " does not collect rows");
        };
        return new CollectingAccumulator(input, source, List.of(key), source, function);
    }
}
