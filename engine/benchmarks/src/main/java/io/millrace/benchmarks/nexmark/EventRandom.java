package io.millrace.benchmarks.nexmark;

/**
 * Random numbers of one event: a counter that starts where the event's number says, through a mixing function. For one
 * thread.
 */
final class EventRandom {

    private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

    private long state;

    /** Goes to the start of the numbers of an event. */
    void start(long event) {
        state = mix(event + 1);
    }

    private long next() {
        state += STEP;
        return mix(state);
    }

    /** Returns a number from 0, below the bound. */
    long below(long bound) {
        return Math.unsignedMultiplyHigh(next(), bound);
    }

    /** Returns a number from {@code least} to {@code most}. */
    int between(int least, int most) {
        return least + (int) below(most - least + 1L);
    }

    /** Returns true once in so many times. */
    boolean oneIn(int times) {
        return below(times) == 0;
    }

    /** Returns a price in cents: as many of each magnitude, from 1 to a million. */
    long price() {
        double exponent = (next() >>> 11) * 0x1p-53 * 6;
        return Math.round(StrictMath.pow(10, exponent) * 100);
    }

    static long mix(long value) {
        long z = value * STEP;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
