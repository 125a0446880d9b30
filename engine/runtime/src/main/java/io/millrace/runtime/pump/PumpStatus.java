package io.millrace.runtime.pump;

/**
 * How far a pump has come, at the end of a step. The counts are since the pump was created, and exact across crashes.
 *
 * @param step number of the last step
 * @param rowsIn rows read
 * @param rowsOut rows put out
 * @param lateRows rows that came too late for a window
 * @param rejectedRows entries and rows that could not be used, late ones among them
 * @param rowtimeBound what was promised last to the sink; {@link Long#MIN_VALUE} for nothing
 * @param clockMicros time of the last step, microseconds since 1970
 */
public record PumpStatus(
        long step, long rowsIn, long rowsOut, long lateRows, long rejectedRows, long rowtimeBound, long clockMicros) {

    static final PumpStatus NEW = new PumpStatus(0, 0, 0, 0, 0, Long.MIN_VALUE, Long.MIN_VALUE);

    /** Returns the status behind a step that reads nothing and puts out nothing. */
    PumpStatus next() {
        return at(step + 1);
    }

    /** Returns the status behind steps that made another content, of which nothing is promised yet. */
    PumpStatus anew(long step) {
        return new PumpStatus(step, rowsIn, rowsOut, lateRows, rejectedRows, Long.MIN_VALUE, clockMicros);
    }

    /** Returns the status behind steps up to a number that read nothing and put out nothing. */
    PumpStatus at(long step) {
        return new PumpStatus(step, rowsIn, rowsOut, lateRows, rejectedRows, rowtimeBound, clockMicros);
    }
}
