package io.millrace.runtime.expression.function;

import io.millrace.spi.row.JavaValues;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Writes timestamps by a pattern, and the same text again for all times that the pattern cannot tell apart: those of a
 * day where it has no hours. Rows that follow one another mostly are of one day. For one thread and one pattern.
 */
public final class FormattedTime {

    private byte[] text = {};
    private long from;
    private long to;

    /** Sets the slice to the text of a wall clock reading, in microseconds since 1970. */
    public void write(TimePattern pattern, long localMicros, ZoneId zone, Slice out) {
        if (localMicros < from || localMicros >= to) {
            LocalDateTime local = LocalDateTime.ofInstant(JavaValues.instant(localMicros), ZoneOffset.UTC);
            text = pattern.format(local, zone).getBytes(StandardCharsets.UTF_8);
            long length = pattern.resolutionMicros();
            long begin = Math.floorDiv(localMicros, length);
            // At the end of time the stretch is cut to the one reading.
            boolean inRange = Math.abs(begin) < Long.MAX_VALUE / length - 1;
            from = inRange ? begin * length : localMicros;
            to = inRange ? from + length : localMicros;
        }
        out.set(text);
    }
}
