package io.millrace.runtime.operator;

import org.jspecify.annotations.Nullable;

/**
 * What an operator has done since it was created, and what it holds now.
 *
 * @param id that of its plan node
 * @param rowsIn rows that its inputs have given it
 * @param rowsOut rows that it has put out, those that take others back among them
 * @param batchesOut in so many batches
 * @param nanos how long it took by the clock, without its inputs; nanoseconds
 * @param heldBytes the memory of its state and of the room for its rows; what others hold as well counts for neither
 * @param spilledBytes rows that it has put aside on disk so far
 * @param rowtimeBound no row with a ROWTIME below this follows; microseconds since 1970, {@link Operator#NO_BOUND} and
 *     {@link Operator#CLOSED} as there
 * @param lanes how its rows go by lanes, or null where they do not
 */
public record OperatorReport(
        String id,
        long rowsIn,
        long rowsOut,
        long batchesOut,
        long nanos,
        long heldBytes,
        long spilledBytes,
        long rowtimeBound,
        @Nullable LaneReport lanes) {}
