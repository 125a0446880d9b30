package io.millrace.plan;

import io.millrace.spi.type.DataType;
import java.util.List;

/** A value that a match has: what conditions and measures of row patterns are computed from. */
public sealed interface MatchValue {

    DataType type();

    /** Returns whether it may be NULL. */
    default boolean nullable() {
        return true;
    }

    /** Returns whether it is this column of a row that is not before the first one of the match. */
    default boolean notBefore(int column) {
        return switch (this) {
            case At at -> at.column() == column && at.place().offset() >= 0;
            case Here here -> here.column() == column;
            default -> false;
        };
    }

    /**
     * A column of a row, NULL where there is no such row.
     *
     * @param column column of the input
     */
    record At(RowPlace place, int column, DataType type) implements MatchValue {}

    /**
     * A column of the current row: the last of the match where one row stands for it, and of an empty match the row at
     * which it is.
     *
     * @param column column of the input
     */
    record Here(int column, DataType type) implements MatchValue {}

    /** Name of the variable that a row is mapped to, NULL where there is no such row in the match. */
    record Classifier(RowPlace place, DataType type) implements MatchValue {}

    /** Whether there is such a row. */
    record Exists(RowPlace place) implements MatchValue {
        @Override
        public DataType type() {
            return DataType.BOOLEAN;
        }

        @Override
        public boolean nullable() {
            return false;
        }
    }

    /** Whether there is a match, which may be empty: not so for a row that is in none. */
    record Matched() implements MatchValue {
        @Override
        public DataType type() {
            return DataType.BOOLEAN;
        }

        @Override
        public boolean nullable() {
            return false;
        }
    }

    /** Number of the match in its partition, from 1. */
    record MatchNumber() implements MatchValue {
        @Override
        public DataType type() {
            return DataType.BIGINT;
        }

        @Override
        public boolean nullable() {
            return false;
        }
    }

    /**
     * An aggregate of the rows that are mapped to some variables.
     *
     * @param call over columns of the input
     * @param whole whether of the whole match, and not of its part up to the current row
     */
    record Aggregated(AggregateCall call, List<Integer> variables, boolean whole) implements MatchValue {
        public Aggregated {
            variables = List.copyOf(variables);
        }

        @Override
        public DataType type() {
            return call.type();
        }

        @Override
        public boolean nullable() {
            return call.nullable();
        }
    }
}
