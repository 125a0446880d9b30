package io.millrace.sql.system.query;

import io.millrace.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression.
 *
 * @param type type of its values as the client sees them
 * @param untyped whether it is NULL or a bare text, which take the type of what they meet
 * @param evaluation computes its value
 */
record Expression(DataType type, boolean untyped, Evaluation evaluation) {

    Expression(DataType type, Evaluation evaluation) {
        this(type, false, evaluation);
    }

    /** Computes a value from the row at hand. */
    @FunctionalInterface
    interface Evaluation {
        @Nullable
        Object of(Frame frame);
    }

    @Nullable
    Object value(Frame frame) {
        return evaluation.of(frame);
    }

    /** Returns whether the value is TRUE, and neither FALSE nor NULL. */
    boolean holds(Frame frame) {
        return Boolean.TRUE.equals(Values.truth(evaluation.of(frame)));
    }

    static Expression constant(DataType type, @Nullable Object value) {
        return new Expression(type, frame -> value);
    }
}
