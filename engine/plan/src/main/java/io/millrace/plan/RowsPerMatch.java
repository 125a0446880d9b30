package io.millrace.plan;

/** Which rows are put out for the matches of a row pattern. */
public enum RowsPerMatch {
    /** One for a match. */
    ONE,
    /** All rows of a match, and one for an empty match. */
    ALL,
    /** All rows of a match, none for an empty match. */
    ALL_OMITTING_EMPTY,
    /** All rows of a match, one for an empty match, and those that are in no match. */
    ALL_WITH_UNMATCHED
}
