package io.millrace.log.segment;

/**
 * How far a segment reaches.
 *
 * @param endIndex the index after its last entry
 * @param bytes its length
 * @param lastArrivalMicros the newest arrival time in it or before it
 */
public record SegmentEnd(long endIndex, int bytes, long lastArrivalMicros) {}
