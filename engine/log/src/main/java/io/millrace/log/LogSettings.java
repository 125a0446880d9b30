package io.millrace.log;

import java.time.Duration;

/**
 * The limits of a log.
 *
 * @param segmentBytesMax when a segment is this long, or an append would make it longer, the next is
 *     started; one append may exceed it alone. At most 1 GiB.
 * @param appendBytesMax longest single append, as it is stored. At most 512 MiB.
 * @param queuedBytesMax how much may wait to be written, per writer; whoever appends more waits
 * @param pollBytesMax how many bytes of raw records a poll returns at most, one append at least
 * @param indexIntervalBytes how far apart the entries of sparse indexes are
 * @param writerThreads how many threads write; each shard has one of them
 * @param trimInterval how often retention is enforced
 */
public record LogSettings(
        int segmentBytesMax,
        int appendBytesMax,
        long queuedBytesMax,
        int pollBytesMax,
        int indexIntervalBytes,
        int writerThreads,
        Duration trimInterval) {

    public static final LogSettings DEFAULT =
            new LogSettings(128 << 20, 64 << 20, 64 << 20, 8 << 20, 128 << 10, 2, Duration.ofMinutes(1));

    public LogSettings {
        require(segmentBytesMax, 1, 1 << 30, "segmentBytesMax");
        require(appendBytesMax, 1, 1 << 29, "appendBytesMax");
        require(queuedBytesMax, 1, Long.MAX_VALUE, "queuedBytesMax");
        require(pollBytesMax, 1, 1 << 30, "pollBytesMax");
        require(indexIntervalBytes, 1, 1 << 30, "indexIntervalBytes");
        require(writerThreads, 1, 256, "writerThreads");
        require(trimInterval.toMillis(), 1, Long.MAX_VALUE, "trimInterval in milliseconds");
    }

    private static void require(long value, long min, long max, String name) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is " + value + ", not from " + min + " to " + max);
        }
    }

    public LogSettings withSegmentBytesMax(int bytes) {
        return new LogSettings(
                bytes, appendBytesMax, queuedBytesMax, pollBytesMax, indexIntervalBytes, writerThreads, trimInterval);
    }

    public LogSettings withAppendBytesMax(int bytes) {
        return new LogSettings(
                segmentBytesMax, bytes, queuedBytesMax, pollBytesMax, indexIntervalBytes, writerThreads, trimInterval);
    }

    public LogSettings withQueuedBytesMax(long bytes) {
        return new LogSettings(
                segmentBytesMax, appendBytesMax, bytes, pollBytesMax, indexIntervalBytes, writerThreads, trimInterval);
    }

    public LogSettings withPollBytesMax(int bytes) {
        return new LogSettings(
                segmentBytesMax,
                appendBytesMax,
                queuedBytesMax,
                bytes,
                indexIntervalBytes,
                writerThreads,
                trimInterval);
    }

    public LogSettings withIndexIntervalBytes(int bytes) {
        return new LogSettings(
                segmentBytesMax, appendBytesMax, queuedBytesMax, pollBytesMax, bytes, writerThreads, trimInterval);
    }
}
