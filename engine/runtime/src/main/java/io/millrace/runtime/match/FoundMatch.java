package io.millrace.runtime.match;

import io.millrace.plan.RowPlace;
import java.util.Arrays;

/** A match: what its rows are mapped to, and which of them are mapped to sets of variables. Used again for the next. */
final class FoundMatch {

    /** No position. */
    static final long NOWHERE = -1;

    private final long[] sets;
    private final int[][] members;
    private final int[][] counts;
    private int[] variables = new int[64];
    private boolean[] excluded = new boolean[64];
    private int length;
    private long start;
    private long number;
    private boolean matched;

    /** @param sets sets of variables whose rows are asked for */
    FoundMatch(long[] sets) {
        this.sets = sets;
        this.members = new int[sets.length][64];
        this.counts = new int[sets.length][64];
    }

    /** Becomes the match that a partition prefers. */
    void of(MatchPartition partition) {
        History history = partition.history;
        int node = partition.bestNode;
        length = node == History.NONE ? 0 : history.depth(node) + 1;
        start = partition.bestStart;
        number = partition.matches + 1;
        matched = true;
        if (length > variables.length) {
            variables = new int[Integer.highestOneBit(length) * 2];
            excluded = new boolean[variables.length];
        }
        for (int i = length - 1; i >= 0; i--) {
            variables[i] = history.variable(node);
            excluded[i] = history.excluded(node);
            node = history.parent(node);
        }
        for (int set = 0; set < sets.length; set++) {
            collect(set);
        }
    }

    /** Becomes none, at a row that is in no match. */
    void none(long position) {
        length = 0;
        start = position;
        number = 0;
        matched = false;
    }

    private void collect(int set) {
        if (length > members[set].length) {
            members[set] = new int[variables.length];
            counts[set] = new int[variables.length];
        }
        int count = 0;
        for (int i = 0; i < length; i++) {
            if (belongs(i, sets[set])) {
                members[set][count++] = i;
            }
            counts[set][i] = count;
        }
    }

    int length() {
        return length;
    }

    /** Returns the position of its first row, where it has one. */
    long start() {
        return start;
    }

    /** Returns whether it is a match. */
    boolean matched() {
        return matched;
    }

    /** Returns its number in the partition, from 1. */
    long number() {
        return number;
    }

    int variable(int index) {
        return variables[index];
    }

    boolean excluded(int index) {
        return excluded[index];
    }

    boolean belongs(int index, long set) {
        return (set >>> variables[index] & 1) != 0;
    }

    /**
     * Returns the position of the row that a place names, or {@link #NOWHERE}.
     *
     * @param set the place of the place's variables among the sets
     * @param current the current row of the match; −1 before the first
     */
    long find(RowPlace place, int set, int current) {
        int last = place.whole() ? length - 1 : current;
        int count = last < 0 ? 0 : counts[set][last];
        if (place.skipped() >= count) {
            return NOWHERE;
        }
        int member = (int) (place.first() ? place.skipped() : count - 1 - place.skipped());
        return Math.max(NOWHERE, start + members[set][member] + place.offset());
    }

    /** Returns the variable of the row at a position, or −1 where that is not in the match. */
    int variableAt(long position) {
        return position < start || position >= start + length ? -1 : variables[(int) (position - start)];
    }

    @Override
    public String toString() {
        return "match " + number + " from " + start + " " + Arrays.toString(Arrays.copyOf(variables, length));
    }
}
