package io.millrace.plan.expression;

/** What a function is about, which says who computes it and which types it is for. */
public enum FunctionKind {
    /** Of truth values, and of whether a value is NULL. */
    LOGIC,
    /** Of two or more values of one type. */
    COMPARISON,
    /** Of numbers, or of times and intervals. */
    ARITHMETIC,
    /** Of numbers alone. */
    NUMBER,
    /** Of text, or of bytes as text. */
    TEXT,
    /** Of text and a regular expression. */
    REGEX,
    /** Of dates, times, timestamps and intervals. */
    TIME,
    /** The time of the step, which no row tells. */
    CLOCK,
    /** Of arrays, maps and rows. */
    COLLECTION,
    /** Of arrays alone, as PostgreSQL has them. */
    ARRAY,
    /** Of JSON text. */
    JSON
}
