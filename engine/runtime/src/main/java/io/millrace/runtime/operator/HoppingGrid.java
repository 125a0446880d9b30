package io.millrace.runtime.operator;

import io.millrace.plan.WindowSpec.Hopping;

/**
 * Windows of one size at equal distances.
 *
 * <pre>
 *   windows   ├───────────────┤
 *                   ├───────────────┤        slide does not divide size: slices of gcd(size, slide)
 *   slices    ├──┼──┼──┼──┼──┼──┼──┼──┤
 * </pre>
 */
final class HoppingGrid extends WindowGrid {

    private final Hopping window;
    private final long slice;

    HoppingGrid(Hopping window) {
        this.window = window;
        this.slice = gcd(window.size(), window.slide());
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    @Override
    long sliceStart(long micros) {
        return micros - Math.floorMod(micros - window.offset(), slice);
    }

    @Override
    long sliceEnd(long sliceStart) {
        return sliceStart + slice;
    }

    @Override
    long lastEnd(long sliceStart) {
        long end = window.lastStart(sliceStart) + window.size();
        return end > sliceStart ? end : NONE;
    }

    @Override
    long firstEndAfter(long sliceStart, long passed) {
        long last = lastEnd(sliceStart);
        long after = Math.max(passed, sliceStart);
        if (last == NONE || last <= after) {
            return NONE;
        }
        return last - Math.floorDiv(last - after - 1, window.slide()) * window.slide();
    }

    @Override
    long startOf(long end) {
        return end - window.size();
    }

    @Override
    long firstEndAfter(long bound) {
        return firstStartEndingAfter(bound) + window.size();
    }

    @Override
    long firstStartEndingAfter(long bound) {
        return window.lastStart(bound - window.size()) + window.slide();
    }

    @Override
    boolean overlapping() {
        return window.size() > window.slide();
    }
}
