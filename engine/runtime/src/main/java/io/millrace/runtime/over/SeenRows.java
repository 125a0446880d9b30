package io.millrace.runtime.over;

import io.millrace.plan.Frame;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a call sees, in stretches: one, or what is before those left out, the row itself where it is seen alone, and
 * what is behind.
 */
final class SeenRows {

    private final FrameEdges whole;
    private final @Nullable PartEdges before;
    private final @Nullable PartEdges behind;

    SeenRows(FrameEdges whole) {
        this(whole, null, null);
    }

    SeenRows(FrameEdges whole, @Nullable PartEdges before, @Nullable PartEdges behind) {
        this.whole = whole;
        this.before = before;
        this.behind = behind;
    }

    /** Returns the frame, with what is left out. */
    FrameEdges whole() {
        return whole;
    }

    Frame frame() {
        return whole.frame();
    }

    /** Returns the part before what is left out, or null where nothing is. */
    @Nullable
    PartEdges before() {
        return before;
    }

    @Nullable
    PartEdges behind() {
        return behind;
    }

    int stretches() {
        return before == null ? 1 : 3;
    }

    /** Returns the position of the first row of a stretch. */
    long start(int stretch, Partition partition) {
        return stretch == 1 ? partition.next() : partition.starts[edges(stretch)];
    }

    /** Returns the position behind its last row. */
    long end(int stretch, Partition partition) {
        if (stretch == 1 && before != null) {
            return partition.next() + (before.seesCurrent(partition) ? 1 : 0);
        }
        return partition.ends[edges(stretch)];
    }

    private int edges(int stretch) {
        if (before == null || behind == null) {
            return whole.index();
        }
        return stretch == 0 ? before.index() : behind.index();
    }
}
