package io.millrace.plan;

import java.util.List;

/**
 * What a row pattern finds.
 *
 * @param pattern of the variables
 * @param fromStart whether a match starts with the partition's first row
 * @param toEnd whether a match ends with the partition's last row
 * @param withinMicros how much later than the first row of a match the last one may be by the first order key, or {@link
 *     #ANY_TIME}
 * @param variables the variables that rows are mapped to
 * @param perMatch which rows are put out
 * @param after where the next match may start
 */
public record MatchedRows(
        RowPattern pattern,
        boolean fromStart,
        boolean toEnd,
        long withinMicros,
        List<PatternVariable> variables,
        RowsPerMatch perMatch,
        AfterMatch after) {

    /** Says that a match may last any time. */
    public static final long ANY_TIME = -1;

    /** Most variables of a pattern. */
    public static final int VARIABLES_MAX = 64;

    /** Most steps of a pattern whose repetitions and permutations are written out. */
    public static final int STEPS_MAX = 10_000;

    /** Most rows of a partition that an endless query holds for matches that are open. */
    public static final int ROWS_MAX = 100_000;

    /** Most ways to match that may be open in a partition where conditions look back at what is matched. */
    public static final int WAYS_MAX = 5_000;

    public MatchedRows {
        variables = List.copyOf(variables);
    }

    /** Returns whether all rows of a match are put out, and not one for the match. */
    public boolean allRows() {
        return perMatch != RowsPerMatch.ONE;
    }

    /** Returns whether rows are put out that are in no match. */
    public boolean unmatched() {
        return perMatch == RowsPerMatch.ALL_WITH_UNMATCHED;
    }
}
