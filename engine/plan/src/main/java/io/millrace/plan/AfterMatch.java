package io.millrace.plan;

import java.util.List;

/**
 * Where the search goes on after a match. After an empty one it is the next row in any case.
 *
 * @param variables the variables of {@link Target#FIRST} and {@link Target#LAST}
 */
public record AfterMatch(Target target, List<Integer> variables) {
    public AfterMatch {
        variables = List.copyOf(variables);
    }

    /** Rows of a match. */
    public enum Target {
        /** The row behind the last of the match. */
        PAST_LAST_ROW,
        /** The row behind the first of the match. */
        NEXT_ROW,
        /** The first row that is mapped to the variables. */
        FIRST,
        /** The last row that is mapped to the variables. */
        LAST
    }
}
