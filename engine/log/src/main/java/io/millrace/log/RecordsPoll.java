package io.millrace.log;

import io.millrace.log.frame.CheckedCopy;
import io.millrace.log.frame.FrameHead;
import io.millrace.log.frame.FrameKind;
import io.millrace.log.frame.RecordsSection;
import io.millrace.log.segment.FrameCursor;
import io.millrace.log.segment.Segment;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.LongColumn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads raw records of as many frames as a poll may return. For one thread at a time.
 *
 * <p>Neighbouring frames are copied from the file in one go, as they are; keys and payloads become slices
 * of that copy. What a poll does not return of it serves the next ones.
 *
 * <pre>
 *   file      … │ frame │ frame │ frame │ frame │ …
 *   window              │ frame │ frame │
 *   poll                    ▒▒▒▒ ▒▒▒
 * </pre>
 */
final class RecordsPoll {

    private final boolean keysWanted;
    private final int bytesMax;
    private final FrameHead head = new FrameHead();
    private final BytesColumn keys = new BytesColumn(0);
    private final BytesColumn payloads = new BytesColumn(0);
    private final LongColumn arrivals = new LongColumn(0);

    private byte[] bytes = {};
    private ByteBuffer window = ByteBuffer.wrap(bytes);
    private @Nullable Segment segment;
    private int windowStart;
    private int windowEnd;
    private long windowEndIndex;

    RecordsPoll(boolean keysWanted, int bytesMax) {
        this.keysWanted = keysWanted;
        this.bytesMax = bytesMax;
    }

    /**
     * Reads from an index on; the cursor moves on over frames that are read to their end.
     *
     * @param first head of the frame at the cursor, which holds the entry of the index
     */
    LogBatch read(FrameCursor cursor, FrameHead first, int end, long index, int entriesMax) throws IOException {
        if (!isInWindow(cursor, end, index + entriesMax)) {
            fill(cursor, first, end, index + entriesMax);
        }
        int count = (int) Math.min(entriesMax, windowEndIndex - index);
        share(count);
        int row = 0;
        while (row < count) {
            row += slice(cursor, index + row, row, count - row);
        }
        return new LogBatch.Records(index, count, arrivals, keys, payloads);
    }

    private boolean isInWindow(FrameCursor cursor, int end, long wantedIndex) {
        return cursor.segment() == segment
                && cursor.position() >= windowStart
                && cursor.position() < windowEnd
                && (windowEndIndex >= wantedIndex || windowEnd == end);
    }

    private void fill(FrameCursor cursor, FrameHead first, int end, long wantedIndex) throws IOException {
        int start = cursor.position();
        int whole;
        // The cursor stays with the reader's index, and the window of before is none any more, whatever fails.
        segment = null;
        try {
            int length = lookAhead(cursor, first, end, wantedIndex);
            cursor.position(start);
            whole = copy(cursor, length, end);
        } finally {
            cursor.position(start);
        }
        segment = cursor.segment();
        windowStart = start;
        windowEnd = start + whole;
    }

    /** Returns the length of the frames that are to be copied. */
    private int lookAhead(FrameCursor cursor, FrameHead first, int end, long wantedIndex) throws IOException {
        int start = cursor.position();
        int at = start;
        FrameHead next = first;
        do {
            windowEndIndex = next.endIndex();
            at += next.frameBytes();
            cursor.position(at);
            next = windowEndIndex < wantedIndex && at < end ? following(cursor, end) : null;
        } while (next != null && next.is(FrameKind.RECORDS) && at + (long) next.frameBytes() - start <= bytesMax);
        return at - start;
    }

    /** Returns the next head, or null where it is damaged: what lies before is handed out first. */
    private @Nullable FrameHead following(FrameCursor cursor, int end) throws IOException {
        try {
            FrameHead next = cursor.head(end);
            return next.firstIndex() == windowEndIndex ? next : null;
        } catch (MillraceException damage) {
            return null;
        }
    }

    /** Copies frames into the window and returns the length of those before the first that is damaged. */
    private int copy(FrameCursor cursor, int length, int end) throws IOException {
        if (window.capacity() < length) {
            // Frames differ a little in length, and the next poll's may be the longer ones.
            bytes = new byte[Math.addExact(length, length >> 3)];
            window = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        int first = cursor.position();
        int at = 0;
        while (at < length) {
            cursor.position(first + at);
            int frameBytes = cursor.head(end).frameBytes();
            cursor.load(frameBytes, end);
            String problem = CheckedCopy.frame(cursor.bytes(), cursor.start(), window, at, head);
            if (problem != null && at > 0) {
                windowEndIndex = head.firstIndex();
                return at;
            }
            cursor.check(problem);
            at += frameBytes;
        }
        return length;
    }

    private void share(int count) {
        arrivals.ensureCapacity(count);
        payloads.ensureCapacity(count);
        payloads.share(bytes);
        if (keysWanted) {
            keys.ensureCapacity(count);
            keys.share(bytes);
        }
    }

    private int slice(FrameCursor cursor, long index, int row, int wanted) {
        int at = cursor.position() - windowStart;
        head.wrap(window, at);
        int from = Math.toIntExact(index - head.firstIndex());
        int count = Math.min(wanted, head.count() - from);
        if (count > 0) {
            int section = at + head.sectionStart(0);
            RecordsSection.slice(bytes, section, head.count(), from, count, keysWanted ? keys : null, payloads, row);
            Arrays.fill(arrivals.values(), row, row + count, head.arrivalMicros());
        }
        if (from + count == head.count()) {
            cursor.position(cursor.position() + head.frameBytes());
        }
        return count;
    }
}
