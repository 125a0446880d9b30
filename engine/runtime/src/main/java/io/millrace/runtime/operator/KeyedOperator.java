package io.millrace.runtime.operator;

import io.millrace.spi.type.DataType.RowType;

/**
 * An operator that takes in all rows of a step before it puts the first out, and to which a row matters only for rows of
 * the same key. So there may be several of it, each for some of the keys: see {@link LanesOperator}.
 *
 * <p>Its state may lie on disk while no rows come for it: nothing is put out when bounds move or time passes but where
 * {@link #due} or {@link #dueMicros} says so.
 */
abstract class KeyedOperator extends Operator {

    KeyedOperator(String id, RowType rowType, Operator... inputs) {
        super(id, rowType, inputs);
    }

    /** Takes in what the inputs give by now. More of the same step may follow. */
    abstract void absorb();

    /** Returns whether it forgets what the clock has passed. */
    boolean clocked() {
        return false;
    }

    /**
     * Returns the time of the first step in which something is put out of what is put aside, for that alone that the clock
     * has passed it; {@link #CLOSED} where nothing is.
     */
    long dueMicros() {
        return CLOSED;
    }

    /** Takes the place of one whose state is put aside, and says of what is due and what is held what that one would. */
    void standInFor(KeyedOperator aside) {}

    /** Does what {@link #absorb} says, and counts the time. */
    final void takeIn() {
        long started = System.nanoTime();
        absorb();
        worked(started);
    }
}
