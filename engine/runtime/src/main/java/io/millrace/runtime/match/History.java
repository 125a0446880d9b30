package io.millrace.runtime.match;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import java.util.Arrays;

/**
 * What the threads of a partition have mapped: a tree of rows, in which each thread is at a node and its match is the path
 * from there to the root. A node stands behind its parent in memory, and knows the last and the first node of its path
 * for each set of variables that conditions ask for.
 *
 * <pre>
 *   node   │ parent │ label │ depth │ last of set 0 │ first of set 0 │ last of set 1 │ …
 * </pre>
 */
final class History {

    /** No node: a match without rows. */
    static final int NONE = -1;

    private static final int FIXED = 3;
    private static final int EXCLUDED = 1 << 16;
    private static final int[] EMPTY = {};
    private static final int COMPACT_MIN = 1024;

    /** For so many nodes paths are compared: those of threads that will become one part a node ago. */
    private static final int SAME_MAX = 64;

    private final long[] sets;
    private final int width;
    private int[] nodes = EMPTY;
    private int size;
    private int compactAt = COMPACT_MIN;
    private int generation;

    /** @param sets sets of variables, as bits */
    History(long[] sets) {
        this.sets = sets;
        this.width = FIXED + 2 * sets.length;
    }

    /** Returns a number that changes when nodes get other numbers. */
    int generation() {
        return generation;
    }

    int append(int parent, int variable, boolean excluded) {
        int at = size * width;
        if (at + width > nodes.length) {
            nodes = Arrays.copyOf(nodes, Math.max(8 * width, 2 * nodes.length));
        }
        nodes[at] = parent;
        nodes[at + 1] = excluded ? variable | EXCLUDED : variable;
        nodes[at + 2] = parent == NONE ? 0 : depth(parent) + 1;
        for (int set = 0; set < sets.length; set++) {
            boolean own = (sets[set] >>> variable & 1) != 0;
            int firstBefore = first(parent, set);
            nodes[at + FIXED + 2 * set] = own ? size : last(parent, set);
            nodes[at + FIXED + 2 * set + 1] = firstBefore == NONE && own ? size : firstBefore;
        }
        return size++;
    }

    int parent(int node) {
        return nodes[node * width];
    }

    int variable(int node) {
        return nodes[node * width + 1] & ~EXCLUDED;
    }

    boolean excluded(int node) {
        return (nodes[node * width + 1] & EXCLUDED) != 0;
    }

    /** Returns how many rows the path has before the node. */
    int depth(int node) {
        return nodes[node * width + 2];
    }

    /** Returns the last node of a path that is mapped to a variable of the set. */
    int last(int node, int set) {
        return node == NONE ? NONE : nodes[node * width + FIXED + 2 * set];
    }

    int first(int node, int set) {
        return node == NONE ? NONE : nodes[node * width + FIXED + 2 * set + 1];
    }

    /**
     * Returns whether two paths have the same rows of a set. False may be a wrong answer, where they are the same for a long
     * way and other nodes.
     */
    boolean sameRows(int one, int other, int set) {
        int a = last(one, set);
        int b = last(other, set);
        for (int steps = 0; a != b && steps < SAME_MAX; steps++) {
            if (a == NONE || b == NONE || depth(a) != depth(b)) {
                return false;
            }
            a = last(parent(a), set);
            b = last(parent(b), set);
        }
        return a == b;
    }

    /** Returns whether all rows of two paths are mapped to the same variables; false may be wrong as above. */
    boolean sameVariables(int one, int other) {
        int a = one;
        int b = other;
        for (int steps = 0; a != b && steps < SAME_MAX; steps++) {
            if (a == NONE || b == NONE || variable(a) != variable(b)) {
                return false;
            }
            a = parent(a);
            b = parent(b);
        }
        return a == b;
    }

    /** Forgets all nodes. */
    void clear() {
        if (size > 0) {
            size = 0;
            generation++;
        }
        if (nodes.length > 64 * width) {
            nodes = EMPTY;
        }
        compactAt = COMPACT_MIN;
    }

    boolean crowded() {
        return size > compactAt;
    }

    /** Forgets the nodes that no thread has on its path, and gives the others new numbers. */
    void compact(ThreadList threads, int best) {
        boolean[] needed = new boolean[size];
        for (int i = 0; i < threads.size(); i++) {
            mark(threads.node(i), needed);
        }
        mark(best, needed);
        int[] numbers = new int[size];
        int kept = 0;
        for (int node = 0; node < size; node++) {
            if (needed[node]) {
                move(node, kept, numbers);
                numbers[node] = kept++;
            }
        }
        size = kept;
        generation++;
        compactAt = Math.max(COMPACT_MIN, 2 * size);
        threads.renumber(numbers);
        moved = numbers;
    }

    private int[] moved = EMPTY;

    /** Returns the number that a node has since {@link #compact}. */
    int moved(int node) {
        return node == NONE ? NONE : moved[node];
    }

    private void mark(int from, boolean[] needed) {
        for (int node = from; node != NONE && !needed[node]; node = parent(node)) {
            needed[node] = true;
        }
    }

    private void move(int node, int to, int[] numbers) {
        int from = node * width;
        int at = to * width;
        for (int i = 0; i < width; i++) {
            int value = nodes[from + i];
            boolean pointer = i == 0 || i >= FIXED;
            nodes[at + i] = !pointer || value == NONE ? value : value == node ? to : numbers[value];
        }
    }

    void save(StateWriter out) {
        out.writeInt(size);
        for (int node = 0; node < size; node++) {
            out.writeInt(nodes[node * width]);
            out.writeInt(nodes[node * width + 1]);
        }
    }

    void load(StateReader in) {
        int count = in.readCount(8);
        for (int i = 0; i < count; i++) {
            int parent = in.readInt();
            int label = in.readInt();
            append(parent, label & ~EXCLUDED, (label & EXCLUDED) != 0);
        }
    }
}
