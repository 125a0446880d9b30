package io.millrace.format.orc;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a column go to the places 0, 1, … of a vector. A place may have none: where what holds the value is
 * NULL, nothing lies there. Reused, so that picking costs no garbage.
 */
final class Picks {

    /** The place has no row. */
    static final int NONE = -1;

    private int[] rows = {};
    private int count;
    private boolean gaps;

    /** Picks places {@code from} to {@code to} of a selection, or those rows where there is none. */
    void selected(int @Nullable [] selection, int from, int to) {
        start(to - from);
        for (int i = 0; i < count; i++) {
            rows[i] = selection == null ? from + i : selection[from + i];
        }
    }

    /** Begins again with so many places, for {@link #set} to fill. */
    void start(int places) {
        if (rows.length < places) {
            rows = new int[Math.max(places, rows.length * 2)];
        }
        count = places;
        gaps = false;
    }

    void set(int place, int row) {
        rows[place] = row;
        gaps |= row == NONE;
    }

    /** Adds rows at the end. */
    void add(int firstRow, int lastRow) {
        int end = Math.addExact(count, lastRow - firstRow);
        if (rows.length < end) {
            rows = Arrays.copyOf(rows, Math.max(end, rows.length * 2));
        }
        for (int row = firstRow; row < lastRow; row++) {
            rows[count++] = row;
        }
    }

    int count() {
        return count;
    }

    /** Returns the rows, in the first {@link #count()} places. */
    int[] rows() {
        return rows;
    }

    /** Returns whether any place has no row. */
    boolean gaps() {
        return gaps;
    }
}
