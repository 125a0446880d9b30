package io.millrace.spi.function;

/** Where a function is called, and what it is called for. */
public enum FunctionKind {
    /** In expressions: a value for each row. */
    SCALAR,
    /** With GROUP BY or OVER: a value for many rows, which only come. */
    AGGREGATE,
    /** The same, where rows may also be taken back. */
    RETRACTING_AGGREGATE,
    /** In FROM: rows for each row. Its result is an ARRAY of them. */
    TABLE,
    /** Nowhere in SQL: deliveries name it, and it transforms their records. */
    DELIVERY;

    /** Returns whether it is one value for many rows. */
    public boolean aggregates() {
        return this == AGGREGATE || this == RETRACTING_AGGREGATE;
    }
}
