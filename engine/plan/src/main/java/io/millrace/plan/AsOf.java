package io.millrace.plan;

/**
 * Which of the rows on the right that belong to a row of the left it is joined with: the one nearest in time, not after
 * the row of the left or not before it. Of several at the same time, the greatest by its values. A row of the left waits
 * until the bound says that none nearer can come.
 *
 * @param left column of the left, BIGINT or TIMESTAMP
 * @param right column of the right, of the same type
 * @param after whether rows of the right come after; otherwise before
 * @param strict whether rows of the right at the same time are left out
 */
public record AsOf(int left, int right, boolean after, boolean strict) {}
