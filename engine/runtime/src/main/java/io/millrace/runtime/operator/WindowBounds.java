package io.millrace.runtime.operator;

/** Bounds of the columns {@code window_start}, {@code window_end} and {@code window_time}. */
final class WindowBounds {

    private WindowBounds() {}

    /** Returns the bound of the column that windows go by; a column of unknown bound goes by ROWTIME. */
    static long timeBound(Operator input, int timeColumn) {
        long bound = input.bound(timeColumn);
        return bound == Operator.NO_BOUND ? input.rowtimeBound() : bound;
    }

    /**
     * Returns the bound of a column of windows that all end after the bound.
     *
     * @param which 0 for the start, 1 for the end, 2 for the time
     */
    static long of(int which, long bound, WindowGrid grid) {
        if (bound == Operator.NO_BOUND || bound == Operator.CLOSED) {
            return bound;
        }
        long start = grid.firstStartEndingAfter(bound);
        return switch (which) {
            case 0 -> start;
            case 1 -> start + grid.size();
            default -> start + grid.size() - 1;
        };
    }
}
