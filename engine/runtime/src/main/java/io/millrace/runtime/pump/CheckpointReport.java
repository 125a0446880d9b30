package io.millrace.runtime.pump;

/**
 * What the newest checkpoint of a pump cost.
 *
 * @param bytes how large it is
 * @param writtenBytes what of it had to be written, since it was not on disk before
 * @param heldNanos for how long the pump did nothing else
 * @param nanos how long it took until it was durable
 */
public record CheckpointReport(long bytes, long writtenBytes, long heldNanos, long nanos) {

    /** That of a pump which has written none since it was opened. */
    static final CheckpointReport NONE = new CheckpointReport(0, 0, 0, 0);
}
