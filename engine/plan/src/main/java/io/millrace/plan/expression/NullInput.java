package io.millrace.plan.expression;

/** What a function does where an argument is NULL. */
public enum NullInput {
    /** It is not called; the result is NULL. */
    RETURNS_NULL,
    /** It is called, as it says something else of NULL. */
    CALLED
}
