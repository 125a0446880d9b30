package io.millrace.plan;

/** Which rows a join puts out beside, or in place of, its pairs. */
public enum JoinType {
    /** Pairs only. */
    INNER,
    /** Pairs, and rows of the left without one, NULL beside them. */
    LEFT,
    /** Pairs, and rows of the right without one, NULL beside them. */
    RIGHT,
    /** Pairs, and rows of both sides without one. */
    FULL,
    /** Rows of the left that have a pair, once each. */
    SEMI,
    /** Rows of the left that have none. */
    ANTI;

    /** Returns whether rows of the left without a pair are put out beside NULL. */
    public boolean keepsLeft() {
        return this == LEFT || this == FULL;
    }

    /** Returns whether rows of the right without a pair are put out beside NULL. */
    public boolean keepsRight() {
        return this == RIGHT || this == FULL;
    }

    /** Returns whether the rows put out are those of the left alone. */
    public boolean leftOnly() {
        return this == SEMI || this == ANTI;
    }
}
