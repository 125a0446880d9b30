package io.millrace.runtime.operator;

import io.millrace.plan.WindowSpec;

/**
 * Where the windows of a spec lie, and how they divide into slices that no window cuts.
 *
 * <pre>
 *   windows   ├───────────────┤
 *                   ├───────────────┤        slide does not divide size: slices of gcd(size, slide)
 *   slices    ├──┼──┼──┼──┼──┼──┼──┼──┤
 * </pre>
 */
final class WindowGrid {

    /** Says that there is no such window. */
    static final long NONE = Long.MIN_VALUE;

    private final WindowSpec window;
    private final long slice;

    WindowGrid(WindowSpec window) {
        this.window = window;
        this.slice = gcd(window.size(), window.slide());
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    long sliceMicros() {
        return slice;
    }

    /** Returns the start of the slice that the time lies in. */
    long sliceStart(long micros) {
        return micros - Math.floorMod(micros - window.offset(), slice);
    }

    /** Returns the end of the last window that the slice lies in, {@link #NONE} where it lies in none. */
    long lastEnd(long sliceStart) {
        long end = window.lastStart(sliceStart) + window.size();
        return end > sliceStart ? end : NONE;
    }

    /** Returns the end of the first window after {@code passed} that the slice lies in, {@link #NONE} for none. */
    long firstEndAfter(long sliceStart, long passed) {
        long last = lastEnd(sliceStart);
        long after = Math.max(passed, sliceStart);
        if (last == NONE || last <= after) {
            return NONE;
        }
        return last - Math.floorDiv(last - after - 1, window.slide()) * window.slide();
    }

    /** Returns the end of the first window the slice lies in, {@link #NONE} for none. */
    long firstEnd(long sliceStart) {
        return firstEndAfter(sliceStart, sliceStart);
    }

    /** Returns the least start of a window that ends after the bound. */
    long firstStartEndingAfter(long bound) {
        return window.lastStart(bound - window.size()) + window.slide();
    }

    long size() {
        return window.size();
    }

    long slide() {
        return window.slide();
    }
}
