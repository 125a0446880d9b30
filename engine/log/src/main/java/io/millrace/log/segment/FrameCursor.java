package io.millrace.log.segment;

import io.millrace.log.frame.FrameHead;
import io.millrace.spi.error.MillraceException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Walks the frames of a readable part of a segment. Every head is checked before it is used. For one
 * thread at a time.
 */
public final class FrameCursor implements Closeable {

    private final SegmentView view;
    private final FrameHead head = new FrameHead();
    private final Ranges ranges = new Ranges();
    private int position;
    private int start;

    public FrameCursor(Segment segment, int bytePosition) {
        this.view = new SegmentView(segment);
        this.position = bytePosition;
    }

    public Segment segment() {
        return view.segment();
    }

    /** Returns where in the segment the cursor stands. */
    public int position() {
        return position;
    }

    public void position(int bytePosition) {
        position = bytePosition;
    }

    /**
     * Reads the head of the frame at the cursor.
     *
     * @param end how far the segment is readable; the cursor is before it
     * @throws io.millrace.spi.error.MillraceException {@code DATA_CORRUPTED}
     */
    public FrameHead head(int end) throws IOException {
        int available = end - position;
        if (available < FrameHead.FIXED_BYTES) {
            throw damage("the segment ends inside of its head");
        }
        start = view.require(position, FrameHead.FIXED_BYTES, end);
        check(head.wrap(view.bytes(), start).checkLengths(available));
        start = view.require(position, head.headBytes(), end);
        check(head.wrap(view.bytes(), start).checkHead());
        return head;
    }

    /** Makes all of the frame accessible whose head was read last, and more bytes behind it where asked. */
    public void load(int length, int end) throws IOException {
        start = view.require(position, length, end);
        head.wrap(view.bytes(), start);
    }

    /** Makes the head and some of the sections of the frame accessible whose head was read last. */
    public void load(IntPredicate sections, int end) throws IOException {
        ranges.clear();
        ranges.add(0, head.headBytes());
        for (int i = 0; i < head.sectionCount(); i++) {
            if (sections.test(i)) {
                ranges.add(head.sectionStart(i), head.sectionStart(i) + head.sectionLength(i));
            }
        }
        start = view.require(position, head.frameBytes(), end, ranges);
        head.wrap(view.bytes(), start);
    }

    /** Returns what the frame lies in. */
    public ByteBuffer bytes() {
        return view.bytes();
    }

    /** Returns where in {@link #bytes()} the frame starts whose head was read last. */
    public int start() {
        return start;
    }

    /** Reports the frame at the cursor as damaged if there is a problem. */
    public void check(@Nullable String problem) {
        if (problem != null) {
            throw damage(problem);
        }
    }

    private MillraceException damage(String problem) {
        return new Damage(segment().file(), position, problem).error();
    }

    @Override
    public void close() {
        view.close();
    }
}
