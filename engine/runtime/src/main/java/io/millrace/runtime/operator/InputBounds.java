package io.millrace.runtime.operator;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import java.util.Arrays;

/**
 * The bounds of an input that many lanes ask for: found once, and then told. They hold from one {@link #forget} to the
 * next. Once all are {@linkplain #settle settled}, several threads may ask.
 *
 * <p>Those that a step ended with are remembered, for lanes that were away then: what has been put out by now hangs on
 * them, whichever have been tried since.
 */
final class InputBounds {

    private final Operator input;
    private final long[] ofColumns;
    private final boolean[] known;
    private final long[] settled;
    private final long[] before;
    private long ofRowtime;
    private boolean rowtimeKnown;
    private long rowtimeSettled = Operator.NO_BOUND;
    private long rowtimeBefore = Operator.NO_BOUND;

    InputBounds(Operator input) {
        this.input = input;
        this.ofColumns = new long[input.rowType().size()];
        this.known = new boolean[ofColumns.length];
        this.settled = new long[ofColumns.length];
        this.before = new long[ofColumns.length];
        Arrays.fill(settled, Operator.NO_BOUND);
        Arrays.fill(before, Operator.NO_BOUND);
    }

    Operator input() {
        return input;
    }

    /** Says that bounds may have moved. */
    void forget() {
        Arrays.fill(known, false);
        rowtimeKnown = false;
    }

    /** Begins a step: what was settled last is what holds before it. */
    void begin() {
        System.arraycopy(settled, 0, before, 0, before.length);
        rowtimeBefore = rowtimeSettled;
    }

    /** Finds all bounds: those that a step ends with. */
    void settle() {
        forget();
        for (int column = 0; column < known.length; column++) {
            settled[column] = Math.max(settled[column], of(column));
        }
        rowtimeSettled = Math.max(rowtimeSettled, ofRowtime());
    }

    /** Stores the bounds that the last step ended with. */
    void save(StateWriter out) {
        out.writeLongs(settled, settled.length);
        out.writeLong(rowtimeSettled);
    }

    void load(StateReader in) {
        System.arraycopy(in.readLongs(settled.length), 0, settled, 0, settled.length);
        rowtimeSettled = in.readLong();
    }

    /** Returns a column's bound before the step. */
    long before(int column) {
        return before[column];
    }

    /** Returns the bound of ROWTIME before the step. */
    long rowtimeBefore() {
        return rowtimeBefore;
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
