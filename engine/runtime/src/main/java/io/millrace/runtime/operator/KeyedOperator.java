package io.millrace.runtime.operator;

import io.millrace.spi.type.DataType.RowType;

/**
 * An operator that takes in all rows of a step before it puts the first out, and to which a row matters only for rows of
 * the same key. So there may be several of it, each for some of the keys: see {@link LanesOperator}.
 */
abstract class KeyedOperator extends Operator {

    KeyedOperator(String id, RowType rowType, Operator... inputs) {
        super(id, rowType, inputs);
    }

    /** Takes in what the inputs give by now. More of the same step may follow. */
    abstract void absorb();

    /**
     * Returns whether its state may lie on disk while no rows come for it. So it may where the clock changes nothing, and
     * nothing is put out when bounds move but where {@link #due} says so.
     */
    boolean mayBeAside() {
        return false;
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
