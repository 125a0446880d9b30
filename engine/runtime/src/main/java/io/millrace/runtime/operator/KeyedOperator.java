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
     * Returns whether rows are all that changes anything: neither bounds nor the clock do, and what it says of bounds does
     * not hang on its state.
     */
    boolean timeless() {
        return false;
    }

    /** Does what {@link #absorb} says, and counts the time. */
    final void takeIn() {
        long started = System.nanoTime();
        absorb();
        worked(started);
    }
}
