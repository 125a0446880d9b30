package io.millrace.runtime.operator;

import java.util.List;

/**
 * All that a step takes from outside: with it and the state before, the step can be repeated.
 *
 * @param number number of the step, from 1
 * @param clockMicros the step's time, microseconds since 1970
 * @param scans what each scan reads, in the order of {@link OperatorTree#scans()}
 * @param laneByLane whether lanes put out all they have one after the other, as they have to where some are on disk: a step
 *     that is repeated puts rows out in the order it did
 * @param partSize how much is handed out at once
 */
public record StepPlan(long number, long clockMicros, List<ScanPlan> scans, boolean laneByLane, PartSize partSize) {

    public StepPlan {
        scans = List.copyOf(scans);
    }

    /** A step of a query none of whose state is on disk. */
    public StepPlan(long number, long clockMicros, List<ScanPlan> scans) {
        this(number, clockMicros, scans, false);
    }

    /** A step that is handed out as a whole. */
    public StepPlan(long number, long clockMicros, List<ScanPlan> scans, boolean laneByLane) {
        this(number, clockMicros, scans, laneByLane, PartSize.WHOLE);
    }

    /** Returns the same step at another time. */
    StepPlan at(long micros) {
        return new StepPlan(number, micros, scans, laneByLane, partSize);
    }

    /** Returns the same step, whose rows are handed out in parts. */
    public StepPlan inParts(PartSize size) {
        return new StepPlan(number, clockMicros, scans, laneByLane, size);
    }

    /** Returns whether there is anything to read. */
    public boolean reads() {
        return scans.stream().flatMap(scan -> scan.splits().stream()).anyMatch(split -> split.from() < split.to());
    }

    /**
     * What one scan reads.
     *
     * @param splits all splits the source has, with or without new entries
     */
    public record ScanPlan(List<SplitRange> splits) {
        public ScanPlan {
            splits = List.copyOf(splits);
        }
    }

    /**
     * What is read of one split.
     *
     * @param split the split's name
     * @param from position of the first entry
     * @param to position after the last entry
     * @param bound what the split promises for rows after {@code to}; {@link Long#MIN_VALUE} for nothing
     * @param atEnd whether there was nothing after {@code to}
     */
    public record SplitRange(String split, long from, long to, long bound, boolean atEnd) {}
}
