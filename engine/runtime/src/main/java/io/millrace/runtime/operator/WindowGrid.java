package io.millrace.runtime.operator;

import io.millrace.plan.WindowSpec;
import io.millrace.plan.WindowSpec.Cumulating;
import io.millrace.plan.WindowSpec.Hopping;

/** Where the windows of a spec lie, and how they divide into slices that no window cuts. */
abstract class WindowGrid {

    /** Says that there is no such window. */
    static final long NONE = Long.MIN_VALUE;

    /** Returns the grid of windows that lie where they do whatever the rows are. */
    static WindowGrid of(WindowSpec window) {
        return switch (window) {
            case Hopping hopping -> new HoppingGrid(hopping);
            case Cumulating cumulating -> new CumulatingGrid(cumulating);
            case WindowSpec.Session session -> throw new IllegalArgumentException(session + " has no grid");
        };
    }

    /** Returns the start of the slice that the time lies in. */
    abstract long sliceStart(long micros);

    abstract long sliceEnd(long sliceStart);

    /** Returns the end of the last window that the slice lies in, {@link #NONE} where it lies in none. */
    abstract long lastEnd(long sliceStart);

    /** Returns the end of the first window after {@code passed} that the slice lies in, {@link #NONE} for none. */
    abstract long firstEndAfter(long sliceStart, long passed);

    /** Returns the end of the first window the slice lies in, {@link #NONE} for none. */
    final long firstEnd(long sliceStart) {
        return firstEndAfter(sliceStart, sliceStart);
    }

    /** Returns the start of the window with this end. */
    abstract long startOf(long end);

    /** Returns the least end of a window that is after the bound. */
    abstract long firstEndAfter(long bound);

    /** Returns the least start of a window that ends after the bound. */
    abstract long firstStartEndingAfter(long bound);

    /** Returns whether a row may lie in several windows. */
    abstract boolean overlapping();
}
