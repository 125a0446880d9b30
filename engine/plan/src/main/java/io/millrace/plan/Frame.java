package io.millrace.plan;

/**
 * Which rows of its partition a row sees: those from one edge to the other, both included, some around the row itself left out.
 *
 * <p>An edge is a distance from the row: negative before it, zero the row itself, positive behind it. By rows, it counts
 * rows; by groups, it counts the different order keys; by range, it is a difference of the one order key in the key's own
 * unit (microseconds, days, whole numbers), in the direction of the order. By groups and by range, zero means all rows
 * with the same order keys.
 *
 * <pre>
 *   ROWS BETWEEN 2 PRECEDING AND CURRENT ROW          ROWS, −2 … 0
 *   RANGE INTERVAL '1' MINUTE PRECEDING               RANGE, −60000000 … 0
 *   ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING  ROWS, 0 … LAST
 *   GROUPS 1 PRECEDING EXCLUDE TIES                   GROUPS, −1 … 0, TIES
 *   RANGE INTERVAL '1' MINUTE PRECEDING               RANGE, −60000000 … 0, LATER; without ORDER BY, in a query that goes on
 * </pre>
 *
 * @param unit what distances are of
 * @param start where the frame starts, {@link #FIRST} for the partition's first row
 * @param end where it ends, {@link #LAST} for the partition's last row
 * @param exclusion which of these rows are left out
 */
public record Frame(Unit unit, long start, long end, Exclusion exclusion) {

    /** The start of a frame that starts with its partition. */
    public static final long FIRST = Long.MIN_VALUE;

    /** The end of a frame that ends with its partition. */
    public static final long LAST = Long.MAX_VALUE;

    /** What distances are of. */
    public enum Unit {
        ROWS,
        RANGE,
        GROUPS
    }

    /** Rows around the row itself that it does not see. */
    public enum Exclusion {
        NO_OTHERS,
        CURRENT_ROW,
        /** The row, and those with the same order keys. */
        GROUP,
        /** The other rows with the same order keys. */
        TIES,
        /** Those of them that are behind the row, where the frame goes by range and ends with the row. */
        LATER
    }

    /**
     * Creates a frame of rows or of a range that leaves none out.
     *
     * @param byRange whether distances are of order keys
     */
    public Frame(boolean byRange, long start, long end) {
        this(byRange ? Unit.RANGE : Unit.ROWS, start, end, Exclusion.NO_OTHERS);
    }

    /** Returns whether distances are of order keys. */
    public boolean byRange() {
        return unit == Unit.RANGE;
    }

    /** Returns whether distances count different order keys. */
    public boolean byGroups() {
        return unit == Unit.GROUPS;
    }

    /** Returns whether rows within the frame are left out, so that what is left is in two parts. */
    public boolean excludes() {
        return exclusion != Exclusion.NO_OTHERS && exclusion != Exclusion.LATER;
    }

    /** Returns whether the frame ends with the row itself, though others have the same order keys. */
    public boolean endsWithRow() {
        return exclusion == Exclusion.LATER;
    }

    /** Returns whether a row sees rows by a difference of order keys. */
    public boolean byDistance() {
        return byRange() && (distance(start) || distance(end));
    }

    /** Returns how many rows behind it a row has to see, 0 for none or all. */
    public long rowsBehind() {
        return unit != Unit.ROWS || end == LAST ? 0 : Math.max(0, end);
    }

    private static boolean distance(long edge) {
        return edge != FIRST && edge != LAST && edge != 0;
    }

    /** What has no groups and leaves nothing out reads as it did before there were these: state is found by it. */
    @Override
    public String toString() {
        return "Frame[" + (byGroups() ? "byGroups=true" : "byRange=" + byRange()) + ", start=" + start + ", end=" + end
                + (exclusion == Exclusion.NO_OTHERS ? "" : ", exclude=" + exclusion) + "]";
    }
}
