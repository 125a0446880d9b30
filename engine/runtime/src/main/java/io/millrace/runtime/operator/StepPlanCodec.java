package io.millrace.runtime.operator;

import io.millrace.runtime.operator.StepPlan.ScanPlan;
import io.millrace.runtime.operator.StepPlan.SplitRange;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.List;

/**
 * A step plan as bytes: a record of a pump's journal, or where an answer goes on.
 *
 * <pre>
 *   version │ number │ clock │ lane by lane │ part rows, bytes │ scans × (splits × (name │ from │ to │ bound │ atEnd))
 * </pre>
 *
 * <p>Version 1 knows no lanes, neither it nor version 3 knows parts, and those of version 4 have any number of bytes.
 */
public final class StepPlanCodec {

    /** Another than what {@link StepAnswers} begin with, which stand in the same journal: 2, and those from 64 on. */
    private static final int VERSION = 5;

    private static final int WITHOUT_LANES = 1;
    private static final int WITHOUT_PARTS = 3;
    private static final int WITHOUT_BYTES = 4;

    private StepPlanCodec() {}

    public static byte[] encode(StepPlan plan) {
        StateWriter out = new StateWriter();
        out.writeByte(VERSION);
        out.writeLong(plan.number());
        out.writeLong(plan.clockMicros());
        out.writeBoolean(plan.laneByLane());
        out.writeInt(plan.partSize().rows());
        out.writeLong(plan.partSize().bytes());
        out.writeInt(plan.scans().size());
        for (ScanPlan scan : plan.scans()) {
            out.writeInt(scan.splits().size());
            for (SplitRange range : scan.splits()) {
                out.writeText(range.split());
                out.writeLong(range.from());
                out.writeLong(range.to());
                out.writeLong(range.bound());
                out.writeBoolean(range.atEnd());
            }
        }
        return out.toByteArray();
    }

    /**
     * Reads a step plan.
     *
     * @throws MillraceException {@code DATA_CORRUPTED} where the bytes are no step plan of this version
     */
    public static StepPlan decode(byte[] record) {
        StateReader in = new StateReader(record);
        int version = in.readByte();
        if (version != WITHOUT_LANES && (version < WITHOUT_PARTS || version > VERSION)) {
            throw new MillraceException(
                    ErrorCode.DATA_CORRUPTED, "journal record of version " + version + ", known is " + VERSION);
        }
        long number = in.readLong();
        long clock = in.readLong();
        boolean laneByLane = version != WITHOUT_LANES && in.readBoolean();
        PartSize partSize = version <= WITHOUT_PARTS
                ? PartSize.WHOLE
                : new PartSize(in.readInt(), version == WITHOUT_BYTES ? Long.MAX_VALUE : in.readLong());
        int scanCount = in.readCount(4);
        List<ScanPlan> scans = new ArrayList<>();
        for (int i = 0; i < scanCount; i++) {
            int splitCount = in.readCount(29);
            List<SplitRange> splits = new ArrayList<>();
            for (int j = 0; j < splitCount; j++) {
                splits.add(
                        new SplitRange(in.readText(), in.readLong(), in.readLong(), in.readLong(), in.readBoolean()));
            }
            scans.add(new ScanPlan(splits));
        }
        return new StepPlan(number, clock, scans, laneByLane, partSize);
    }
}
