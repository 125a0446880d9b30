package io.millrace.runtime.operator;

import io.millrace.plan.WindowSpec.Cumulating;

/**
 * Windows that start together and end a step apart.
 *
 * <pre>
 *   windows   ├─────┤
 *             ├───────────┤
 *             ├──────────────┤        step does not divide size: the last slice is shorter
 *   slices    ├─────┼─────┼──┤
 * </pre>
 */
final class CumulatingGrid extends WindowGrid {

    private final Cumulating window;

    CumulatingGrid(Cumulating window) {
        this.window = window;
    }

    /** Returns the common start of the windows that the time lies in. */
    private long base(long micros) {
        return micros - Math.floorMod(micros - window.offset(), window.size());
    }

    @Override
    long sliceStart(long micros) {
        long base = base(micros);
        return micros - (micros - base) % window.step();
    }

    @Override
    long sliceEnd(long sliceStart) {
        return Math.min(sliceStart + window.step(), lastEnd(sliceStart));
    }

    @Override
    long lastEnd(long sliceStart) {
        return base(sliceStart) + window.size();
    }

    @Override
    long firstEndAfter(long sliceStart, long passed) {
        long after = Math.max(passed, sliceStart);
        return after >= lastEnd(sliceStart) ? NONE : firstEndAfter(after);
    }

    @Override
    long startOf(long end) {
        return base(end - 1);
    }

    @Override
    long firstEndAfter(long bound) {
        return sliceEnd(sliceStart(bound));
    }

    @Override
    long firstStartEndingAfter(long bound) {
        return base(bound);
    }

    @Override
    boolean overlapping() {
        return window.size() > window.step();
    }
}
