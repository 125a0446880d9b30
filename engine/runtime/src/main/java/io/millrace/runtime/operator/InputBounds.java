package io.millrace.runtime.operator;

/**
 * The bounds of an input that many lanes ask for: found once, and then told. They hold from one {@link #forget} to the
 * next. Once all are {@linkplain #settle settled}, several threads may ask.
 */
final class InputBounds {

    private final Operator input;
    private final long[] ofColumns;
    private final boolean[] known;
    private long ofRowtime;
    private boolean rowtimeKnown;

    InputBounds(Operator input) {
        this.input = input;
        this.ofColumns = new long[input.rowType().size()];
        this.known = new boolean[ofColumns.length];
    }

    Operator input() {
        return input;
    }

    /** Says that bounds may have moved. */
    void forget() {
        java.util.Arrays.fill(known, false);
        rowtimeKnown = false;
    }

    /** Finds all bounds. */
    void settle() {
        forget();
        for (int column = 0; column < known.length; column++) {
            of(column);
        }
        ofRowtime();
    }

    long of(int column) {
        if (!known[column]) {
            ofColumns[column] = input.bound(column);
            known[column] = true;
        }
        return ofColumns[column];
    }

    long ofRowtime() {
        if (!rowtimeKnown) {
            ofRowtime = input.rowtimeBound();
            rowtimeKnown = true;
        }
        return ofRowtime;
    }
}
