package io.millrace.log.segment;

import io.millrace.log.disk.Disk;
import io.millrace.log.disk.ReadableFile;
import io.millrace.log.frame.FrameHead;
import io.millrace.log.frame.FrameKind;
import io.millrace.log.frame.SchemaFrame;
import io.millrace.log.frame.SegmentFrame;
import io.millrace.spi.log.ProducerStep;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads all of a segment, checks every byte of it, and gathers what its writer has to know to go on.
 *
 * <p>The first frame that is not whole ends the scan. What follows it decides what it is:
 *
 * <pre>
 *   │ whole │ whole │ bad │ …no whole frame             a torn tail
 *   │ whole │ whole │ bad │ whole, of the same group    a torn tail: the group was never forced
 *   │ whole │ whole │ bad │ whole, of a later group     damage: the bad frame was durable once
 * </pre>
 */
public final class SegmentScan {

    private final Path file;
    private final SparseIndex index;
    private final Map<String, Long> steps = new HashMap<>();
    private final Map<RowType, Integer> schemas = new HashMap<>();
    private final FrameHead head = new FrameHead();
    private final ByteBuffer bytes;
    private long nextIndex;
    private long lastArrival = Long.MIN_VALUE;
    private int position;
    private int firstFrameBytes;
    private int durableBytes;
    private @Nullable String problem;

    private SegmentScan(Path file, ByteBuffer bytes, int intervalBytes) {
        this.file = file;
        this.bytes = bytes;
        this.index = new SparseIndex(intervalBytes);
        this.nextIndex = Segment.baseIndex(file);
    }

    static SegmentScan of(Disk disk, Path file, int intervalBytes) throws IOException {
        ByteBuffer bytes;
        try (ReadableFile in = disk.openToRead(file)) {
            long size = in.size();
            if (size > Segment.BYTES_MAX) {
                throw new Damage(file, Segment.BYTES_MAX, "no segment is that long").error();
            }
            bytes = size == 0 ? ByteBuffer.allocate(0) : in.map(size);
        }
        SegmentScan scan = new SegmentScan(file, bytes.order(ByteOrder.LITTLE_ENDIAN), intervalBytes);
        scan.run();
        return scan;
    }

    private void run() {
        while (position < bytes.limit() && problem == null) {
            problem = problemAt(position);
            if (problem == null) {
                problem = outOfOrder();
            }
            if (problem == null) {
                take();
                position += head.frameBytes();
            }
        }
    }

    private @Nullable String problemAt(int at) {
        int available = bytes.limit() - at;
        if (available < FrameHead.FIXED_BYTES) {
            return "the segment ends inside of its head";
        }
        String found = head.wrap(bytes, at).checkLengths(available);
        if (found == null) {
            found = head.checkHead();
        }
        return found == null ? head.checkSections() : found;
    }

    private @Nullable String outOfOrder() {
        if (head.firstIndex() != nextIndex) {
            return "its first index is " + head.firstIndex() + " where " + nextIndex + " is due";
        }
        if (head.is(FrameKind.SEGMENT) != (position == 0)) {
            return "a segment's first frame, and no other, tells what came before";
        }
        return head.arrivalMicros() < lastArrival ? "it arrived before the frame in front of it" : null;
    }

    private void take() {
        lastArrival = head.arrivalMicros();
        nextIndex = head.endIndex();
        durableBytes = Math.max(durableBytes, head.groupPosition());
        if (head.is(FrameKind.SEGMENT)) {
            firstFrameBytes = head.frameBytes();
            steps.putAll(SegmentFrame.steps(head, bytes, position));
        } else if (head.is(FrameKind.SCHEMA)) {
            schemas.put(SchemaFrame.read(head, bytes, position), position);
        } else if (head.count() > 0) {
            index.offer(head.firstIndex(), head.arrivalMicros(), position);
        }
        ProducerStep step = head.step();
        if (step != null) {
            steps.put(step.producer(), step.step());
        }
    }

    /** Returns whether frames up to the end of the file are whole. */
    boolean isWhole() {
        return problem == null;
    }

    /** Returns whether not even the segment's first frame is whole. */
    boolean isEmpty() {
        return position == 0;
    }

    /** Returns what ended the scan. */
    Damage damage() {
        return new Damage(file, position, problem == null ? "the rest of the segment is missing" : problem);
    }

    /** Returns whether what ended the scan was durable once, so that cutting it off would lose entries. */
    boolean lostDurable() {
        int last = bytes.limit() - FrameHead.FIXED_BYTES;
        for (int at = position + FrameHead.ALIGNMENT; at <= last; at += FrameHead.ALIGNMENT) {
            if (problemAt(at) == null && head.groupPosition() > position) {
                return true;
            }
        }
        return false;
    }

    /** Returns the index after the last entry of whole frames behind what ended the scan, 0 where there are none. */
    long lostEndIndex() {
        long end = 0;
        int last = bytes.limit() - FrameHead.FIXED_BYTES;
        int at = position + FrameHead.ALIGNMENT;
        while (at <= last) {
            boolean whole = problemAt(at) == null;
            end = whole ? Math.max(end, head.endIndex()) : end;
            at += whole ? head.frameBytes() : FrameHead.ALIGNMENT;
        }
        return end;
    }

    /** Returns how far the segment is whole. */
    SegmentEnd end() {
        return new SegmentEnd(nextIndex, position, lastArrival);
    }

    /**
     * Returns the part of the segment that is whole but not known to be durable: the last group. That it
     * can be read proves nothing, since after a force that failed the system shows bytes that it has not
     * stored and will not store again unless they are written again.
     */
    ByteBuffer lastGroup() {
        return bytes.slice(durableBytes, position - durableBytes);
    }

    int firstFrameBytes() {
        return firstFrameBytes;
    }

    long fileBytes() {
        return bytes.limit();
    }

    SparseIndex index() {
        return index;
    }

    /** Returns the last step of each producer up to the end. */
    public Map<String, Long> steps() {
        return steps;
    }

    /** Returns where each row type's schema frame starts. */
    Map<RowType, Integer> schemas() {
        return schemas;
    }
}
