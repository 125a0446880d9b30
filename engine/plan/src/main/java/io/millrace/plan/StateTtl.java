package io.millrace.plan;

import io.millrace.plan.PlanNode.Scan;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long an endless query keeps state for which no rows come and that nothing else frees.
 *
 * @param micros microseconds, {@link #FOR_EVER} for no limit
 * @param byStream what holds in place of that for state that is of rows of some streams or views, by their names
 */
public record StateTtl(long micros, Map<String, Long> byStream) {

    /** State is kept until something else frees it. */
    public static final long FOR_EVER = 0;

    private static final long NOTHING = -1;

    /** No state is forgotten for its age. */
    public static final StateTtl NONE = new StateTtl(FOR_EVER, Map.of());

    public StateTtl {
        byStream = java.util.Collections.unmodifiableMap(new TreeMap<>(byStream));
    }

    /** Returns whether nothing is forgotten. */
    public boolean none() {
        return micros == FOR_EVER && byStream.isEmpty();
    }

    /**
     * Returns how long rows of a node are kept, microseconds: as long as those of the stream below it that are kept longest,
     * {@link #FOR_EVER} for no limit.
     */
    public long of(PlanNode node) {
        if (byStream.isEmpty()) {
            return micros;
        }
        if (node instanceof Scan scan) {
            return byStream.getOrDefault(scan.stream(), micros);
        }
        long longest = NOTHING;
        for (PlanNode input : node.inputs()) {
            // What is looked up is kept elsewhere.
            long kept = Plan.lookedUp(input) ? longest : of(input);
            longest = kept == FOR_EVER || longest == FOR_EVER ? FOR_EVER : Math.max(longest, kept);
        }
        return longest == NOTHING ? micros : longest;
    }
}
