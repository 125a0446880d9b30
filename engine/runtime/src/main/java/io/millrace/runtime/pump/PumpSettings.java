package io.millrace.runtime.pump;

import io.millrace.runtime.StartPosition;
import io.millrace.runtime.operator.PartSize;

/**
 * How a pump runs. Checkpoints are taken less often than it says where they would take more than a twentieth of the time.
 *
 * @param start where it reads from when it is opened for the first time
 * @param entriesMax most entries that a step takes of one split
 * @param checkpointSteps after how many steps a checkpoint is taken
 * @param checkpointMicros after how much time since the last a checkpoint is taken, if there was a step
 * @param journalBytesMax at which size of the journal a checkpoint is taken
 * @param boundIntervalMicros how often the sink is told a new rowtime bound though there are no rows
 * @param partSize how much of what a step puts out is in memory at most before it is written, where the sink takes parts
 */
public record PumpSettings(
        StartPosition start,
        int entriesMax,
        int checkpointSteps,
        long checkpointMicros,
        long journalBytesMax,
        long boundIntervalMicros,
        PartSize partSize) {

    /** The bytes are far below what a log takes at once. */
    private static final PartSize PART = new PartSize(1 << 16, 16 << 20);

    public static final PumpSettings DEFAULT =
            new PumpSettings(StartPosition.EARLIEST, 16_384, 10_000, 10_000_000, 1 << 20, 250_000);

    /** With parts of the usual size. */
    public PumpSettings(
            StartPosition start,
            int entriesMax,
            int checkpointSteps,
            long checkpointMicros,
            long journalBytesMax,
            long boundIntervalMicros) {
        this(start, entriesMax, checkpointSteps, checkpointMicros, journalBytesMax, boundIntervalMicros, PART);
    }

    public PumpSettings startingAt(StartPosition position) {
        return new PumpSettings(
                position,
                entriesMax,
                checkpointSteps,
                checkpointMicros,
                journalBytesMax,
                boundIntervalMicros,
                partSize);
    }

    /** Returns these with another time between two checkpoints. */
    public PumpSettings withCheckpointMicros(long micros) {
        return new PumpSettings(
                start, entriesMax, checkpointSteps, micros, journalBytesMax, boundIntervalMicros, partSize);
    }
}
