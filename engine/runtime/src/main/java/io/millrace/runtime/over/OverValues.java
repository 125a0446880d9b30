package io.millrace.runtime.over;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.Frame;
import io.millrace.plan.Frame.Exclusion;
import io.millrace.plan.OverCall;
import io.millrace.plan.OverCall.Aggregated;
import io.millrace.plan.OverCall.Picked;
import io.millrace.plan.OverCall.Ranked;
import io.millrace.plan.OverCall.Shifted;
import io.millrace.runtime.aggregate.MovingAggregate;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;

/** Makes what computes a call. */
final class OverValues {

    private OverValues() {}

    static OverValue create(OverCall call, RowType input, OverFrames frames, ExpressionEngine engine) {
        SeenRows seen = frames.of(call);
        return switch (call) {
            case Aggregated c -> aggregated(c.call(), input, seen, engine);
            case Picked c
            when c.place() == 1
                    && c.frame().start() == Frame.FIRST
                    && !c.frame().excludes() -> aggregated(FirstOfAll.call(c), input, seen, engine);
            case Picked c -> new PickedValue(c, seen);
            case Shifted c -> new ShiftedValue(c);
            case Ranked c -> new RankedValue(c, seen.whole());
        };
    }

    private static OverValue aggregated(AggregateCall call, RowType input, SeenRows seen, ExpressionEngine engine) {
        OverValue value = seen.frame().excludes()
                ? new AggregatedAround(call, input, seen, engine)
                : new AggregatedValue(
                        seen.whole(),
                        !call.distinct(),
                        MovingAggregate.create(call, input, seen.whole().startsWithPartition(), engine));
        // Of rows with the same keys each sees itself and not the others: another value, though nothing moves.
        boolean same = seen.frame().exclusion() != Exclusion.TIES;
        return same && takesUp(call) ? new RememberedValue(value, call.type()) : value;
    }

    /** Returns whether a result costs a look at all rows. */
    private static boolean takesUp(AggregateCall call) {
        return switch (call.function()) {
            case STRING_AGG,
                    ARRAY_AGG,
                    PERCENTILE_CONT,
                    PERCENTILE_DISC,
                    MODE,
                    APPROX_PERCENTILE,
                    APPROX_QUANTILES,
                    APPROX_TOP_K -> true;
            default -> false;
        };
    }

    /** Returns per edges the values that take note of their moves. */
    static OverValue[][] movedBy(OverValue[] values, int edges) {
        List<List<OverValue>> found = new ArrayList<>();
        for (int i = 0; i < edges; i++) {
            found.add(new ArrayList<>());
        }
        for (OverValue value : values) {
            value.edges().forEach(moved -> found.get(moved.index()).add(value));
        }
        return found.stream().map(list -> list.toArray(OverValue[]::new)).toArray(OverValue[][]::new);
    }
}
