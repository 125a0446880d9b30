package io.millrace.plan;

/**
 * Two columns of one type that must be equal for rows to be a pair.
 *
 * @param left column of the left input
 * @param right column of the right input
 * @param nullsMatch whether NULL is equal to NULL, and not to nothing
 */
public record JoinKey(int left, int right, boolean nullsMatch) {}
