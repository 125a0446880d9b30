package io.millrace.log.segment;

import java.util.Arrays;

/** Ranges of bytes, ascending. */
public final class Ranges {

    private int[] starts = new int[8];
    private int[] ends = new int[8];
    private int count;

    public void clear() {
        count = 0;
    }

    /** Adds a range behind the others. */
    public void add(int start, int end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        starts[count] = start;
        ends[count++] = end;
    }

    int count() {
        return count;
    }

    int start(int i) {
        return starts[i];
    }

    int end(int i) {
        return ends[i];
    }
}
