package io.millrace.runtime.operator;

import io.millrace.runtime.aggregate.GroupState;
import io.millrace.runtime.state.GroupedRows;
import org.jspecify.annotations.Nullable;

/** The groups of one stretch of time: a slice of a window, or a value of a closing key. */
final class Pane {

    private final long start;
    private final GroupState groups;
    private @Nullable GroupedRows pending;

    Pane(long start, GroupState groups) {
        this.start = start;
        this.groups = groups;
    }

    long start() {
        return start;
    }

    GroupState groups() {
        return groups;
    }

    /** Returns the rows of the batch at hand that belong here and are not added yet; null where none do. */
    @Nullable
    GroupedRows pending() {
        return pending;
    }

    void pending(@Nullable GroupedRows rows) {
        pending = rows;
    }
}
