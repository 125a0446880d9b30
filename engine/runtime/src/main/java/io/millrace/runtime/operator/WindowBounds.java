package io.millrace.runtime.operator;

/** Bounds of the columns {@code window_start}, {@code window_end} and {@code window_time}. */
final class WindowBounds {

    private WindowBounds() {}

    /** Returns the bound of the column that windows go by; a column of unknown bound goes by ROWTIME. */
    static long timeBound(Operator input, int timeColumn) {
        long bound = input.bound(timeColumn);
        return bound == Operator.NO_BOUND ? input.rowtimeBound() : bound;
    }

    /** Returns up to which time windows have ended that still take rows for a while after it. */
    static long closedBy(long bound, long latenessMicros) {
        return bound == Operator.NO_BOUND || bound == Operator.CLOSED
                ? bound
                : Math.max(Operator.NO_BOUND + 1, bound - latenessMicros);
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
        return switch (which) {
            case 0 -> grid.firstStartEndingAfter(bound);
            case 1 -> grid.firstEndAfter(bound);
            default -> grid.firstEndAfter(bound) - 1;
        };
    }
}
