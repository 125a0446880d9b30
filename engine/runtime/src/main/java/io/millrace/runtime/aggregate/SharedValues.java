package io.millrace.runtime.aggregate;

import io.millrace.plan.AggregateCall;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which calls with DISTINCT have their values in one table: those of the same arguments, where one of them has no filter,
 * so that whatever a row brings is a value of it.
 */
final class SharedValues {

    /** What calls have to have in common. */
    private record Kind(List<Integer> arguments, boolean keepsNulls) {}

    /** @param call which of the calls that have the values it is */
    record Place(DistinctValues values, int call) {}

    private final List<DistinctValues> all = new ArrayList<>();
    private final Map<Integer, Place> places = new HashMap<>();

    SharedValues(List<AggregateCall> calls, RowType input, boolean updating) {
        Map<Kind, List<Integer>> byKind = new LinkedHashMap<>();
        for (int i = 0; i < calls.size(); i++) {
            AggregateCall call = calls.get(i);
            if (Accumulators.isDistinct(call, updating)) {
                Kind kind = new Kind(Accumulators.columns(call), Accumulators.keepsNulls(call));
                byKind.computeIfAbsent(kind, k -> new ArrayList<>()).add(i);
            }
        }
        byKind.forEach((kind, members) -> {
            boolean all = members.stream().anyMatch(i -> calls.get(i).filter() == AggregateCall.NO_FILTER);
            if (all && members.size() > 1 && members.size() <= PairCounts.CALLS_MAX) {
                share(new DistinctValues(kind.arguments, input, kind.keepsNulls, members.size(), updating), members);
            }
        });
    }

    private void share(DistinctValues values, List<Integer> members) {
        all.add(values);
        for (int i = 0; i < members.size(); i++) {
            places.put(members.get(i), new Place(values, i));
        }
    }

    /** Returns where the values of a call are, or null where it has its own. */
    @Nullable
    Place of(int call) {
        return places.get(call);
    }

    /** Finds the values of rows, before calls add them. */
    void find(GroupedRows rows) {
        for (DistinctValues values : all) {
            values.findForAll(rows);
        }
    }

    /** Forgets values that no call has any more. */
    void settle() {
        for (DistinctValues values : all) {
            values.settle();
        }
    }
}
