package io.millrace.plan;

/**
 * The aggregate functions that are built in, and the one that stands for those of users. All but those that count give NULL over no rows, and all but {@code COUNT(*)}
 * pass over NULLs unless said otherwise.
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
    SINGLE_VALUE,
    /** Rows whose BOOLEAN argument is TRUE: BIGINT, 0 over no rows. */
    COUNT_IF,
    /** Of integers, in the argument's type; so are the next two. */
    BIT_AND,
    BIT_OR,
    BIT_XOR,
    /** Of two numbers y and x, over the rows where both are there; so are the next, all DOUBLE. */
    COVAR_POP,
    COVAR_SAMP,
    CORR,
    /** How many rows have both: BIGINT, 0 over no rows. */
    REGR_COUNT,
    REGR_AVGX,
    REGR_AVGY,
    REGR_SXX,
    REGR_SYY,
    REGR_SXY,
    REGR_SLOPE,
    REGR_INTERCEPT,
    REGR_R2,
    /** Of a number, as of a sample: DOUBLE, NULL below three rows. */
    SKEWNESS,
    /** Excess over the normal distribution's, as of a sample: DOUBLE, NULL below four rows. */
    KURTOSIS,
    /** The first argument where the second is least; of several the least. */
    ARG_MIN,
    /** The first argument where the second is greatest; of several the greatest. */
    ARG_MAX,
    /** Texts joined in the call's order, with a constant between them: VARCHAR. */
    STRING_AGG,
    /** All values in the call's order, NULL included: ARRAY. */
    ARRAY_AGG,
    /** Value at a constant share of the ordered numbers, between two of them where it falls between: DOUBLE. */
    PERCENTILE_CONT,
    /** The first of the ordered values that so great a constant share of them does not lie behind. */
    PERCENTILE_DISC,
    /** The most frequent of the ordered values; of several the first. */
    MODE,
    /** How many different values: BIGINT, 0 over no rows; estimated where rows only come, exact elsewhere. */
    APPROX_COUNT_DISTINCT,
    /** A value at a constant share of the numbers: DOUBLE; estimated and exact likewise. */
    APPROX_PERCENTILE,
    /** The least number, those that part all into so many constant equal shares, the greatest: ARRAY of DOUBLE. */
    APPROX_QUANTILES,
    /** The so many most frequent values, each with how often it is there: ARRAY of ROW(value, count). */
    APPROX_TOP_K,
    /** What {@link AggregateCall#user} says; over no rows too. */
    USER;

    /** Returns whether over no rows it gives 0 in place of NULL. */
    public boolean countsFromZero() {
        return switch (this) {
            case COUNT, SUM0, COUNT_IF, REGR_COUNT, APPROX_COUNT_DISTINCT -> true;
            default -> false;
        };
    }
}
