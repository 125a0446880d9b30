package io.millrace.runtime.over;

import io.millrace.plan.Frame;
import io.millrace.plan.Frame.Exclusion;
import io.millrace.plan.OverCall;
import io.millrace.plan.OverCall.Aggregated;
import io.millrace.plan.OverCall.Picked;
import io.millrace.plan.OverCall.Ranked;
import io.millrace.plan.OverCall.Shifted;
import io.millrace.plan.SortKey;
import io.millrace.runtime.state.RowOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The different frames of an OVER's calls, and the parts of those that leave rows out, each with its place in a partition. */
final class OverFrames implements Iterable<Edges> {

    private static final Frame UP_TO_PEERS = new Frame(true, Frame.FIRST, 0);

    private final List<Edges> edges = new ArrayList<>();
    private final Map<Frame, FrameEdges> frames = new LinkedHashMap<>();
    private final Map<Frame, SeenRows> seen = new LinkedHashMap<>();
    private final RowOrder order;
    private final List<SortKey> keys;

    OverFrames(RowOrder order, List<SortKey> keys) {
        this.order = order;
        this.keys = keys;
    }

    /** Returns what a call sees; calls with the same frame share it. */
    SeenRows of(OverCall call) {
        return seen.computeIfAbsent(frame(call), this::create);
    }

    private SeenRows create(Frame frame) {
        FrameEdges whole = edges(frame);
        if (!frame.excludes()) {
            return new SeenRows(whole);
        }
        FrameEdges peers = edges(UP_TO_PEERS);
        return new SeenRows(whole, part(whole, true, peers), part(whole, false, peers));
    }

    private FrameEdges edges(Frame frame) {
        FrameEdges known = frames.get(frame);
        if (known == null) {
            known = new FrameEdges(frame, edges.size(), order, keys);
            frames.put(frame, known);
            edges.add(known);
        }
        return known;
    }

    private PartEdges part(FrameEdges whole, boolean before, FrameEdges peers) {
        PartEdges part = new PartEdges(edges.size(), whole, before, peers);
        edges.add(part);
        return part;
    }

    private static Frame frame(OverCall call) {
        return switch (call) {
            case Aggregated c -> c.frame();
            case Picked c -> c.frame();
            case Shifted c -> new Frame(false, 0, 0);
            case Ranked c -> UP_TO_PEERS;
        };
    }

    /** Returns whether what a call sees ends at a time, so that old rows are forgotten though none follows them. */
    static boolean expires(OverCall call) {
        Frame frame = frame(call);
        boolean ofFrame = call instanceof Aggregated || call instanceof Picked;
        return ofFrame && frame.byRange() && !frame.excludes() && frame.start() != Frame.FIRST;
    }

    /** Returns whether rows are told apart by their order keys, be it for places or for frames. */
    static boolean comparesKeys(OverCall call) {
        Frame frame = frame(call);
        return call instanceof Ranked
                || frame.byGroups()
                || frame.exclusion() == Exclusion.GROUP
                || frame.exclusion() == Exclusion.TIES;
    }

    /** Returns the frames whose edges are at distances of time; see {@link #expires}. */
    Iterable<FrameEdges> whole() {
        return frames.values();
    }

    /** Returns whether some frames count groups. */
    boolean countGroups() {
        return frames.keySet().stream().anyMatch(Frame::byGroups);
    }

    /** Returns where frames of groups stand in a partition that begins. */
    GroupEdges groups() {
        return countGroups() ? new GroupEdges(order, edges.size()) : GroupEdges.NONE;
    }

    /** Returns the least time that a row with a time from the bound on can see, in any frame. */
    long least(long bound) {
        long least = Long.MAX_VALUE;
        for (FrameEdges frame : frames.values()) {
            least = Math.min(least, frame.least(bound));
        }
        return least;
    }

    int count() {
        return edges.size();
    }

    @Override
    public Iterator<Edges> iterator() {
        return edges.iterator();
    }
}
