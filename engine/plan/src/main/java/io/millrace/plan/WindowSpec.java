package io.millrace.plan;

/** How windows lie in time. All lengths in microseconds; a window has its start and does not have its end. */
public sealed interface WindowSpec {

    /**
     * Windows of one size that start at equal distances.
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
    record Hopping(long size, long slide, long offset) implements WindowSpec {
        public Hopping {
            requirePositive(size, slide);
        }

        public boolean tumbling() {
            return size == slide;
        }

        /** Returns the start of the last window that begins at or before the time. */
        public long lastStart(long micros) {
            return micros - Math.floorMod(micros - offset, slide);
        }

        /** Returns text that never changes, since operators' names and the layouts of their state are made of it. */
        @Override
        public String toString() {
            return "WindowSpec[size=" + size + ", slide=" + slide + ", offset=" + offset + "]";
        }
    }

    /**
     * Windows that start together and end a step apart, up to a size; then the next start together.
     *
     * <pre>
     *   offset
     *   ├─ step ─┤        │        │
     *   ├─────────────────┤        │
     *   │◄── size ────────────────►├─ step ─┤…      where step does not divide size, the last one is size long
     * </pre>
     *
     * @param size length of the longest window
     * @param step by how much each is longer than the one before
     * @param offset where one of the starts lies, from 1970-01-01T00:00
     */
    record Cumulating(long size, long step, long offset) implements WindowSpec {
        public Cumulating {
            requirePositive(size, step);
        }
    }

    /**
     * Windows that go on for as long as rows follow one another by less than a gap. A window starts with its first row
     * and ends a gap after its last.
     *
     * @param gap the least distance between two windows' rows
     */
    record Session(long gap) implements WindowSpec {
        public Session {
            requirePositive(gap, gap);
        }
    }

    private static void requirePositive(long size, long distance) {
        if (size <= 0 || distance <= 0) {
            throw new IllegalArgumentException("window of size " + size + " and distance " + distance);
        }
    }
}
