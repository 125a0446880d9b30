package io.millrace.plan;

/**
 * When an endless query puts out the row of a group that time completes.
 *
 * @param early whether every step puts out what changed, the old row with weight −1 and the new one with +1; otherwise a
 *     group is put out once, when it is complete
 * @param latenessMicros how long after its time has come a group still takes rows; above 0 only where {@code early}
 */
public record Emission(boolean early, long latenessMicros) {

    /** Once, when the group is complete. */
    public static final Emission ON_CLOSE = new Emission(false, 0);

    public Emission {
        if (latenessMicros < 0 || (latenessMicros > 0 && !early)) {
            throw new IllegalArgumentException("lateness of " + latenessMicros + " microseconds");
        }
    }
}
