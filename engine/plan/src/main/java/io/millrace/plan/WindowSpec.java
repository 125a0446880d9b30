package io.millrace.plan;

/**
 * Windows of one size that start at equal distances. All in microseconds.
 *
 * <pre>
 *   offset
 *   │◄── size ───────────►│
 *   ├─ slide ─┼───────────┼─────…      tumbling where slide = size, hopping where slide &lt; size
 * </pre>
 *
 * @param size length of a window
 * @param slide distance from one start to the next
 * @param offset where one of the starts lies, from 1970-01-01T00:00
 */
public record WindowSpec(long size, long slide, long offset) {
    public WindowSpec {
        if (size <= 0 || slide <= 0) {
            throw new IllegalArgumentException("window of size " + size + " and slide " + slide);
        }
    }

    public boolean tumbling() {
        return size == slide;
    }

    /** Returns the start of the last window that begins at or before the time. */
    public long lastStart(long micros) {
        return micros - Math.floorMod(micros - offset, slide);
    }
}
