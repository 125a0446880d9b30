package io.millrace.plan;

import io.millrace.spi.type.DataType;

/** A value that a row gets from the rows around it: {@code … OVER (…)}. */
public sealed interface OverCall {

    DataType type();

    boolean nullable();

    /** Returns how many rows behind it in its partition a row needs for its value, 0 for none or all. */
    default long rowsBehind() {
        return switch (this) {
            case Aggregated c -> c.frame().rowsBehind();
            case Picked c -> c.frame().rowsBehind();
            case Shifted c -> Math.max(0, c.distance());
            case Ranked c -> 0;
        };
    }

    /** An aggregate function over the frame. The call has no filter. */
    record Aggregated(AggregateCall call, Frame frame) implements OverCall {
        @Override
        public DataType type() {
            return call.type();
        }

        @Override
        public boolean nullable() {
            return call.nullable();
        }
    }

    /**
     * FIRST_VALUE, LAST_VALUE and NTH_VALUE: the value of one row of the frame, NULL where it has no such row.
     *
     * @param argument column of the input
     * @param place 1 for the first row, 2 for the second, −1 for the last
     * @param ignoreNulls whether rows whose value is NULL are passed over
     */
    record Picked(int argument, long place, boolean ignoreNulls, Frame frame, DataType type) implements OverCall {
        @Override
        public boolean nullable() {
            return true;
        }
    }

    /**
     * LAG and LEAD: the value of the row so many places before or behind in the partition.
     *
     * @param argument column of the input
     * @param distance in rows, negative for before
     * @param otherwise column with the value where there is no such row, or −1 for NULL
     * @param ignoreNulls whether rows whose value is NULL are passed over and not counted
     */
    record Shifted(int argument, long distance, int otherwise, boolean ignoreNulls, DataType type) implements OverCall {

        public static final int NULL = -1;

        @Override
        public boolean nullable() {
            return true;
        }
    }

    /**
     * The row's place in its partition.
     *
     * @param buckets number of buckets of NTILE, otherwise 0
     */
    record Ranked(Ranking ranking, long buckets, DataType type) implements OverCall {
        @Override
        public boolean nullable() {
            return false;
        }
    }

    /** Ways to count places. */
    enum Ranking {
        /** 1, 2, 3, … whether or not order keys are the same. */
        ROW_NUMBER,
        /** The ROW_NUMBER of the first row with the same order keys. */
        RANK,
        /** RANK without gaps. */
        DENSE_RANK,
        /** (RANK − 1) / (rows of the partition − 1), 0 for a single row. */
        PERCENT_RANK,
        /** Rows up to the last with the same order keys / rows of the partition. */
        CUME_DIST,
        /** Number of one of so many parts of the partition, as equal as can be, the larger ones first. */
        NTILE;

        /** Returns whether it needs the whole partition. */
        public boolean ofWhole() {
            return this == PERCENT_RANK || this == CUME_DIST || this == NTILE;
        }
    }
}
