package io.millrace.runtime.over;

import io.millrace.plan.Frame.Exclusion;
import io.millrace.spi.row.RowBatch;

/**
 * The edges of one part of a frame that leaves rows out: of what is before these, or of what is behind them.
 *
 * <pre>
 *   frame      start ……………………………… end
 *   left out         ┌ x x x ┐
 *   parts      before│       │behind
 * </pre>
 */
final class PartEdges extends Edges {

    private final FrameEdges frame;
    private final boolean before;
    private final int peers;

    /**
     * @param frame moved before its parts are
     * @param before which part it is
     * @param peers the frame that ends with the last row of the same order keys
     */
    PartEdges(int index, FrameEdges frame, boolean before, FrameEdges peers) {
        super(index);
        this.frame = frame;
        this.before = before;
        this.peers = peers.index();
    }

    /** Returns the frame that it is a part of. */
    FrameEdges frame() {
        return frame;
    }

    /** Returns whether the row itself is seen though it is in neither part. */
    boolean seesCurrent(Partition partition) {
        long position = partition.next();
        return frame.frame().exclusion() == Exclusion.TIES
                && position >= partition.starts[frame.index()]
                && position < partition.ends[frame.index()];
    }

    @Override
    boolean startsWithPartition() {
        return before && frame.startsWithPartition();
    }

    @Override
    long end(Partition partition, RowBatch batch) {
        long end = partition.ends[frame.index()];
        return before ? Math.max(partition.starts[frame.index()], Math.min(end, firstOut(partition))) : end;
    }

    @Override
    long start(Partition partition, RowBatch batch) {
        long start = partition.starts[frame.index()];
        return before ? start : Math.max(start, behindOut(partition));
    }

    private long firstOut(Partition partition) {
        return ofRow() ? partition.next() : partition.peersStart;
    }

    private long behindOut(Partition partition) {
        return ofRow() ? partition.next() + 1 : partition.ends[peers];
    }

    private boolean ofRow() {
        return frame.frame().exclusion() == Exclusion.CURRENT_ROW;
    }
}
