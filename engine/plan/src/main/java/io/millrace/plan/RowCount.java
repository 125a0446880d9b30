package io.millrace.plan;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many rows a LIMIT lets through, or an OFFSET passes over. Immutable; compares by content. */
public sealed interface RowCount {

    /** Returns the count where it is known before the query runs, and otherwise this. */
    default long orElse(long otherwise) {
        return this instanceof Constant constant ? constant.rows() : otherwise;
    }

    /**
     * Returns the count in a run of the query.
     *
     * @param parameters values of the statement's parameters
     * @param absent what NULL stands for
     * @param negative the code for a count below zero
     * @throws MillraceException with that code
     */
    default long in(List<? extends @Nullable Object> parameters, long absent, ErrorCode negative) {
        return switch (this) {
            case Constant constant -> constant.rows();
            case Parameter parameter -> {
                Object value = parameters.get(parameter.index());
                long rows = value == null ? absent : ((Number) value).longValue();
                if (value != null && rows < 0) {
                    throw new MillraceException(
                            negative,
                            (negative == ErrorCode.INVALID_LIMIT ? "LIMIT" : "OFFSET") + " must not be negative",
                            "parameter " + parameter + " is " + rows);
                }
                yield rows;
            }
        };
    }

    /** A count that the statement says. */
    record Constant(long rows) implements RowCount {
        @Override
        public String toString() {
            return Long.toString(rows);
        }
    }

    /**
     * A count that a parameter of an integer type gives.
     *
     * @param index from 0
     */
    record Parameter(int index) implements RowCount {
        @Override
        public String toString() {
            return "$" + (index + 1);
        }
    }
}
