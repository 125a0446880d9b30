package io.millrace.server.table;

import io.millrace.spi.row.RowBatch;

/**
 * What a statement changes.
 *
 * @param removed slots whose rows are taken out, each once
 * @param added rows that are put in, as many as count in it
 */
public record TableChanges(int[] removed, RowBatch added) {

    /** Returns whether nothing is changed. */
    public boolean none() {
        return removed.length == 0 && added.selectedCount() == 0;
    }
}
