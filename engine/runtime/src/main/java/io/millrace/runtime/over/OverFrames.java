package io.millrace.runtime.over;

import io.millrace.plan.Frame;
import io.millrace.plan.OverCall;
import io.millrace.plan.OverCall.Aggregated;
import io.millrace.plan.OverCall.Picked;
import io.millrace.plan.OverCall.Ranked;
import io.millrace.plan.OverCall.Shifted;
import io.millrace.plan.SortKey;
import io.millrace.runtime.state.RowOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The different frames of an OVER's calls, each with its place in a partition. */
final class OverFrames implements Iterable<FrameEdges> {

    private final List<FrameEdges> edges = new ArrayList<>();
    private final RowOrder order;
    private final List<SortKey> keys;

    OverFrames(RowOrder order, List<SortKey> keys) {
        this.order = order;
        this.keys = keys;
    }

    /** Returns the frame of a call; calls with the same frame share it. */
    FrameEdges of(OverCall call) {
        Frame frame = frame(call);
        for (FrameEdges known : edges) {
            if (known.frame().equals(frame)) {
                return known;
            }
        }
        FrameEdges made = new FrameEdges(frame, edges.size(), order, keys);
        edges.add(made);
        return made;
    }

    private static Frame frame(OverCall call) {
        return switch (call) {
            case Aggregated c -> c.frame();
            case Picked c -> c.frame();
            case Shifted c -> new Frame(false, 0, 0);
            case Ranked c -> new Frame(true, Frame.FIRST, 0);
        };
    }

    /** Returns whether what a call sees ends at a time, so that old rows are forgotten though none follows them. */
    static boolean expires(OverCall call) {
        Frame frame = frame(call);
        boolean ofFrame = call instanceof Aggregated || call instanceof Picked;
        return ofFrame && frame.byRange() && frame.start() != Frame.FIRST;
    }

    /** Returns the least time that a row with a time from the bound on can see, in any frame. */
    long least(long bound) {
        long least = Long.MAX_VALUE;
        for (FrameEdges frame : edges) {
            least = Math.min(least, frame.least(bound));
        }
        return least;
    }

    int count() {
        return edges.size();
    }

    @Override
    public Iterator<FrameEdges> iterator() {
        return edges.iterator();
    }
}
