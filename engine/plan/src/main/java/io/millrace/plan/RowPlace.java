package io.millrace.plan;

import java.util.List;

/**
 * Names a row by the match: of those mapped to some variables one counted from the first or the last, and from there
 * some rows on in the partition. There may be no such row.
 *
 * @param variables places in {@link PlanNode.Match#variables()}, ascending
 * @param first whether rows are counted from the first on and not from the last back
 * @param skipped how many rows of the variables are passed over
 * @param offset so many rows behind that one in the partition, negative for before
 * @param whole whether the last row is that of the whole match, and not of its part up to the current row
 */
public record RowPlace(List<Integer> variables, boolean first, long skipped, long offset, boolean whole) {
    public RowPlace {
        variables = List.copyOf(variables);
    }

    /** Returns whether this is the current row or one so far from it, where that row is mapped to a variable. */
    public boolean byCurrent(int variable) {
        return !first && skipped == 0 && !whole && variables.contains(variable);
    }
}
