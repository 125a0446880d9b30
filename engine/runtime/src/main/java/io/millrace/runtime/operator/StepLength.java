package io.millrace.runtime.operator;

import io.millrace.runtime.Environment;

/**
 * How many entries a step reads. Where state lies on disk, each step moves the lanes that have rows, whatever their number:
 * so steps are longer, the more so the more there is to be moved.
 *
 * <p>What a step reads is part of its plan, so one that is taken again is as long as it was.
 */
public final class StepLength {

    /** By how much a step is longer at least, where state is on disk or has to go there. */
    private static final int LONGER_MIN = 8;

    private static final int LONGER_MAX = 64;

    /** Rows of a step that wait for a lane on disk are in memory beside the state; they may take this part of what it may. */
    private static final int WAITING_SHARE = 4;

    private final OperatorTree tree;
    private final long memoryBytes;
    private final int entriesMax;

    /** @param entriesMax how many entries a step reads of a split at most, while all state is in memory */
    public StepLength(OperatorTree tree, Environment environment, int entriesMax) {
        this.tree = tree;
        this.memoryBytes = environment.stateSpace().share().limit();
        this.entriesMax = entriesMax;
    }

    /** Returns how many entries the next step reads of a split at most. Between steps. */
    public int entries() {
        if (!tree.root().needsDisk()) {
            return entriesMax;
        }
        long asideBytes = 0;
        long rowBytes = 1;
        for (Operator operator : tree.operators()) {
            asideBytes += operator.asideBytes();
            rowBytes = Math.max(rowBytes, operator.waitingRowBytes());
        }
        int splits =
                tree.scans().stream().mapToInt(scan -> scan.positions().size()).sum();
        return entries(asideBytes, memoryBytes, rowBytes, Math.max(1, splits), entriesMax);
    }

    static int entries(long asideBytes, long memoryBytes, long rowBytes, int splits, int entriesMax) {
        long least = (long) LONGER_MIN * entriesMax;
        double byState = least * (double) asideBytes / Math.max(1, memoryBytes);
        long thatFit = memoryBytes / WAITING_SHARE / rowBytes / splits;
        long wanted = Math.min(Math.min((long) byState, thatFit), (long) LONGER_MAX * entriesMax);
        return (int) Math.min(Integer.MAX_VALUE, Math.max(least, wanted));
    }
}
