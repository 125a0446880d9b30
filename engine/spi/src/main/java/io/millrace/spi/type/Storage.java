package io.millrace.spi.type;

/**
 * How the values of a type lie in a column: which primitive array holds them.
 *
 * <p>Several SQL types share one storage, so operators are written once per storage and not once per
 * type.
 */
public enum Storage {
    /** {@code boolean[]}. */
    BOOLEAN,
    /** {@code int[]}: TINYINT, SMALLINT, INTEGER, DATE (days since 1970-01-01), INTERVAL in months. */
    INT,
    /**
     * {@code long[]}: BIGINT; TIME (microseconds of the day); TIMESTAMP (microseconds since
     * 1970-01-01T00:00, with or without zone); INTERVAL in microseconds; DECIMAL of at most 18 digits
     * (unscaled value).
     */
    LONG,
    /** {@code float[]}: REAL. */
    FLOAT,
    /** {@code double[]}: DOUBLE. */
    DOUBLE,
    /** Two {@code long[]}, high and low half of a 128-bit unscaled value: DECIMAL of 19 to 38 digits. */
    DECIMAL128,
    /** Slices of one {@code byte[]}: character types as UTF-8, and binary types. */
    BYTES,
    /** Slices of an element column: ARRAY, and MAP as an array of rows (key, value). */
    ARRAY,
    /** One column per field: ROW. */
    ROW
}
