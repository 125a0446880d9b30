package io.millrace.runtime.aggregate;

/** An accumulator that puts single groups together, also within itself. */
interface GroupMerging {

    /** Adds what a group of an accumulator of the same make holds, which may be this one, to a group here. */
    void mergeGroup(Accumulator other, int from, int to);
}
