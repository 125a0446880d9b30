package io.millrace.log.frame;

import io.millrace.spi.log.LogBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The first frame of a segment. Its first index is that of the segment, its arrival time the newest
 * before the segment, and its section the last step of each producer before the segment:
 *
 * <pre>
 *   │ how many (int) │ 0 │ step (long) │ length (int) │ producer, UTF-8 │ step │ …
 * </pre>
 */
public final class SegmentFrame {

    private SegmentFrame() {}

    public static Frame frame(Map<String, Long> steps) {
        FrameBuilder frame = new FrameBuilder(FrameKind.SEGMENT, 1, null, 8);
        frame.startSection();
        frame.setInt(frame.reserve(8), steps.size());
        for (Map.Entry<String, Long> step : new TreeMap<>(steps).entrySet()) {
            byte[] producer = step.getKey().getBytes(StandardCharsets.UTF_8);
            frame.setLong(frame.reserve(8), step.getValue());
            frame.setInt(frame.reserve(4), producer.length);
            frame.putBytes(producer, 0, producer.length);
        }
        frame.endSection();
        return frame.finish(0, LogBatch.NO_BOUND);
    }

    /** Reads the producers' steps of a frame that is whole, starting at {@code start} of {@code bytes}. */
    public static Map<String, Long> steps(FrameHead head, ByteBuffer bytes, int start) {
        int at = start + head.sectionStart(0);
        int count = bytes.getInt(at);
        at += 8;
        Map<String, Long> steps = new HashMap<>();
        for (int i = 0; i < count; i++) {
            long step = bytes.getLong(at);
            byte[] producer = new byte[bytes.getInt(at + 8)];
            bytes.get(at + 12, producer);
            steps.put(new String(producer, StandardCharsets.UTF_8), step);
            at += 12 + producer.length;
        }
        return steps;
    }
}
