package io.millrace.sql.parser.tree;

/** Which rows MATCH_RECOGNIZE gives with ALL ROWS PER MATCH, where that is not the rows of all matches. */
public enum AllRowsPerMatch {
    /** A match without rows gives none. */
    OMIT_EMPTY_MATCHES,
    /** Rows that are in no match come, too. */
    WITH_UNMATCHED_ROWS;

    /** Returns it as it is written. */
    @Override
    public String toString() {
        return "ALL ROWS PER MATCH " + name().replace('_', ' ');
    }
}
