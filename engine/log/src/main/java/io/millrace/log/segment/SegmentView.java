package io.millrace.log.segment;

import io.millrace.log.disk.ReadableFile;
import io.millrace.spi.error.DiskErrors;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The part of a segment that one reader has before it: mapped where much is to be read, copied where a reader follows close
 * behind the writer. For one thread at a time.
 *
 * <pre>
 *   segment  │ frame │ frame │ frame │ frame │
 *                    ▲ origin: byte 0 of {@code bytes()}
 * </pre>
 */
public final class SegmentView implements Closeable {

    /** Read where less is asked for: the frames behind may be as small. */
    private static final int AHEAD_BYTES = 1 << 15;

    /**
     * A mapping lives until the collector finds it, and one of a file that grows is soon too short. So the
     * end of such a file is copied, piece by piece.
     */
    private static final int MAPPED_BYTES_MIN = 16 << 20;

    /** A buffer for parts up to this length has room for somewhat longer ones. */
    private static final int ROOMY_BYTES_MAX = 8 << 20;

    /** What lies between two parts is read with them unless it is more. */
    private static final int GAP_BYTES_MAX = 1 << 13;

    /** After so many short parts in a row, memory for a long one is let go. */
    private static final int SHORT_PARTS_MAX = 256;

    private static final int NONE = -1;

    private final Segment segment;
    private ByteBuffer copied = ByteBuffer.allocate(0);
    private ByteBuffer bytes = copied;
    private int origin;
    /** How many bytes from the origin on are there. */
    private int available;
    /** Where what was required in parts starts. */
    private int inParts = NONE;

    private int shortParts;
    private @Nullable ReadableFile file;

    public SegmentView(Segment segment) {
        this.segment = segment;
    }

    public Segment segment() {
        return segment;
    }

    /**
     * Makes a part of the segment accessible and returns where in {@link #bytes()} it starts. What an
     * earlier call made accessible may no longer be.
     *
     * @param bytePosition where in the segment the part starts
     * @param length its length
     * @param end how far the segment is readable
     */
    public int require(int bytePosition, int length, int end) throws IOException {
        if (!isThere(bytePosition, length)) {
            if (isMapped(bytePosition, end)) {
                map(end);
            } else {
                copy(bytePosition, Math.max(length, Math.min(AHEAD_BYTES, end - bytePosition)));
            }
        }
        return bytePosition - origin;
    }

    /**
     * Makes only some of a part accessible, as {@link #require} does.
     *
     * @param ranges what of it, counted from its start, ascending
     */
    public int require(int bytePosition, int length, int end, Ranges ranges) throws IOException {
        if (inParts == bytePosition) {
            return 0;
        }
        if (isMapped(bytePosition, end) || isThere(bytePosition, length)) {
            return require(bytePosition, length, end);
        }
        start(bytePosition, length);
        for (int i = 0; i < ranges.count(); i++) {
            int from = ranges.start(i);
            while (i + 1 < ranges.count() && ranges.start(i + 1) - ranges.end(i) <= GAP_BYTES_MAX) {
                i++;
            }
            read(from, ranges.end(i));
        }
        available = ranges.count() > 0 && ranges.start(0) == 0 ? ranges.end(0) : 0;
        inParts = bytePosition;
        return 0;
    }

    private boolean isMapped(int bytePosition, int end) {
        return segment.end() != null || end - bytePosition > MAPPED_BYTES_MIN;
    }

    private boolean isThere(int bytePosition, int length) {
        return bytePosition >= origin && bytePosition + length <= origin + available;
    }

    public ByteBuffer bytes() {
        return bytes;
    }

    private void map(int end) throws IOException {
        bytes = segment.map(end);
        origin = 0;
        available = end;
        inParts = NONE;
    }

    private void copy(int bytePosition, int length) throws IOException {
        start(bytePosition, length);
        read(0, length);
        available = length;
    }

    private void start(int bytePosition, int length) {
        available = 0;
        inParts = NONE;
        shortParts = length <= AHEAD_BYTES ? shortParts + 1 : 0;
        boolean roomy = shortParts > SHORT_PARTS_MAX && copied.capacity() > 8 * AHEAD_BYTES;
        if (roomy || copied.capacity() < length) {
            int capacity = Math.max(length, Math.min(ROOMY_BYTES_MAX, Math.max(AHEAD_BYTES, length + (length >> 2))));
            copied = ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
        }
        bytes = copied.clear().limit(length);
        origin = bytePosition;
    }

    private void read(int from, int to) throws IOException {
        if (file == null) {
            file = segment.open();
        }
        int limit = copied.limit();
        file.readFully(copied.limit(to).position(from), (long) origin + from);
        copied.limit(limit).position(0);
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw DiskErrors.of(e, "close", segment.file());
            }
            file = null;
        }
    }
}
