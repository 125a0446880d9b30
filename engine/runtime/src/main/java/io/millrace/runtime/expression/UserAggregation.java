package io.millrace.runtime.expression;

import io.millrace.spi.row.RowBatch;
import org.jspecify.annotations.Nullable;

/** Gives rows to the accumulators of a user's aggregate function. For one thread at a time. */
public abstract class UserAggregation {

    private final BoundAggregate function;

    UserAggregation(BoundAggregate function) {
        this.function = function;
    }

    /** Returns what makes and reads the accumulators. */
    public BoundAggregate function() {
        return function;
    }

    /**
     * Adds rows, each as often as its weight says, to the accumulators of their groups. Accumulators are made where
     * there are none; one that a row could not be added to is a {@link FailedAggregate} from then on.
     *
     * @param rows numbers of the batch's rows, of which the first {@code count} are meant
     * @param groups the group of each
     * @param accumulators by group
     */
    public abstract void add(RowBatch batch, int[] rows, int[] groups, int count, @Nullable Object[] accumulators);
}
