package io.millrace.plan;

/**
 * The built-in aggregate functions. All but COUNT give NULL over no rows, and all but {@code COUNT(*)}
 * pass over NULLs.
 */
public enum AggregateFunction {
    /** Rows, or with an argument its values that are not NULL: BIGINT. */
    COUNT,
    /** In the type of the call; overflow is an error. */
    SUM,
    /** SUM, with 0 over no rows. */
    SUM0,
    MIN,
    MAX,
    /** SUM by COUNT, in the type of the call: truncated for integers. */
    AVG,
    STDDEV_POP,
    STDDEV_SAMP,
    VAR_POP,
    VAR_SAMP,
    /** TRUE where all are. */
    EVERY,
    /** TRUE where any is. */
    SOME,
    /** Of the row that came first, NULL included. */
    FIRST_VALUE,
    /** Of the row that came last, NULL included. */
    LAST_VALUE,
    /** Of any row. */
    ANY_VALUE,
    /** Of the only row, NULL included; more rows than one are an error. */
    SINGLE_VALUE
}
