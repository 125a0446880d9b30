package io.millrace.plan;

/**
 * Which rows of its partition a row sees: those from one edge to the other, both included.
 *
 * <p>An edge is a distance from the row: negative before it, zero the row itself, positive behind it. By rows, it counts
 * rows; by range, it is a difference of the one order key in the key's own unit (microseconds, days, whole numbers), in
 * the direction of the order, and zero means all rows with the same order keys.
 *
 * <pre>
 *   ROWS BETWEEN 2 PRECEDING AND CURRENT ROW          byRange false, −2 … 0
 *   RANGE INTERVAL '1' MINUTE PRECEDING               byRange true, −60000000 … 0
 *   ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING  byRange false, 0 … LAST
 * </pre>
 *
 * @param byRange whether distances are of order keys
 * @param start where the frame starts, {@link #FIRST} for the partition's first row
 * @param end where it ends, {@link #LAST} for the partition's last row
 */
public record Frame(boolean byRange, long start, long end) {

    /** The start of a frame that starts with its partition. */
    public static final long FIRST = Long.MIN_VALUE;

    /** The end of a frame that ends with its partition. */
    public static final long LAST = Long.MAX_VALUE;

    /** Returns whether a row sees rows by a difference of order keys. */
    public boolean byDistance() {
        return byRange && (distance(start) || distance(end));
    }

    /** Returns how many rows behind it a row has to see, 0 for none or all. */
    public long rowsBehind() {
        return byRange || end == LAST ? 0 : Math.max(0, end);
    }

    private static boolean distance(long edge) {
        return edge != FIRST && edge != LAST && edge != 0;
    }
}
