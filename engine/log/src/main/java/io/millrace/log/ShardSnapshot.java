package io.millrace.log;

import io.millrace.log.segment.Segment;
import io.millrace.log.segment.SegmentEnd;

/**
 * What readers may see of a shard at one moment. Immutable, but for segments being sealed after it.
 *
 * @param segments ascending, the last one active
 * @param endIndex the index after the last readable entry
 * @param lastBytes how far the last segment is readable
 * @param lastArrivalMicros the newest arrival time
 */
record ShardSnapshot(Segment[] segments, long endIndex, int lastBytes, long lastArrivalMicros) {

    long firstIndex() {
        return segments[0].baseIndex();
    }

    Segment last() {
        return segments[segments.length - 1];
    }

    /** Returns how far a segment of this snapshot is readable. */
    int readableBytes(int place) {
        if (place == segments.length - 1) {
            return lastBytes;
        }
        return end(place).bytes();
    }

    /** Returns the newest arrival time in a segment or before it. */
    long lastArrivalMicros(int place) {
        return place == segments.length - 1 ? lastArrivalMicros : end(place).lastArrivalMicros();
    }

    /** Returns the place of a segment, or -1 where it is gone. */
    int placeOf(Segment segment) {
        for (int i = segments.length - 1; i >= 0; i--) {
            if (segments[i] == segment) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the place of the segment from which walking forward meets every frame at or after an index. */
    int placeBefore(long index) {
        int low = 0;
        int high = segments.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (segments[middle].baseIndex() < index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private SegmentEnd end(int place) {
        SegmentEnd end = segments[place].end();
        if (end == null) {
            throw new IllegalStateException("only the last segment may be open");
        }
        return end;
    }
}
