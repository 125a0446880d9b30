package io.millrace.spi.connector;

import java.util.List;

/**
 * What is asked of a row, by values of its columns. Constants have the class that {@link
 * io.millrace.spi.row.JavaValues} gives, and are never NULL. What is compared with NULL does not fulfil a condition.
 */
public sealed interface RowCondition {

    /** How a value stands to another. */
    enum Comparison {
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        /** Returns it as SQL writes it. */
        public String sign() {
            return sign;
        }
    }

    /** A column's value stands so to a constant. Text goes by code points. */
    record Compared(String column, Comparison comparison, Object value) implements RowCondition {}

    /** A column's value is one of some. */
    record OneOf(String column, List<Object> values) implements RowCondition {
        public OneOf {
            values = List.copyOf(values);
        }
    }

    /** A column is NULL. */
    record Null(String column) implements RowCondition {}

    /** A column is not NULL. */
    record NotNull(String column) implements RowCondition {}

    /** All of them. */
    record All(List<RowCondition> parts) implements RowCondition {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** At least one of them. */
    record Any(List<RowCondition> parts) implements RowCondition {
        public Any {
            parts = List.copyOf(parts);
        }
    }
}
