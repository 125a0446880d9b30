package io.millrace.runtime.operator;

/**
 * What a scan knows of the time of one of its splits, at the end of a step.
 *
 * @param stream name of the stream
 * @param split the split's name
 * @param position up to where it is read
 * @param boundMicros no row with an earlier ROWTIME follows; {@link Operator#NO_BOUND} where nothing is known
 * @param lastRowsMicros time of the last step that had rows of it
 * @param idleMicros after how long without rows it no longer holds the others back, or 0 for never
 */
public record SplitTime(
        String stream, String split, long position, long boundMicros, long lastRowsMicros, long idleMicros) {

    /** Returns whether it does not hold others back at a time, if all its entries are read. */
    public boolean idleAt(long clockMicros) {
        return idleMicros > 0 && clockMicros - lastRowsMicros >= idleMicros;
    }
}
