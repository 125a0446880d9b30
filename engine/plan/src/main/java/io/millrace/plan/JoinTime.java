package io.millrace.plan;

/**
 * How far apart the times of a pair may lie: {@code left + lower <= right <= left + upper}. Both columns have a bound,
 * so a row is forgotten once the other side's bound says that nothing follows that lies near enough.
 *
 * @param left TIMESTAMP column of the left input
 * @param right TIMESTAMP column of the right input
 * @param lower in microseconds, {@link #OPEN_BELOW} for no limit
 * @param upper in microseconds, {@link #OPEN_ABOVE} for no limit
 */
public record JoinTime(int left, int right, long lower, long upper) {

    public static final long OPEN_BELOW = Long.MIN_VALUE;
    public static final long OPEN_ABOVE = Long.MAX_VALUE;

    /** Returns whether rows of the left are forgotten some time. */
    public boolean freesLeft() {
        return upper != OPEN_ABOVE;
    }

    /** Returns whether rows of the right are forgotten some time. */
    public boolean freesRight() {
        return lower != OPEN_BELOW;
    }
}
