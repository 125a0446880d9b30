package io.millrace.sql.system.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the rows of a FROM come from. Rows have all places of the query; those not yet filled are NULL. */
interface RowPlan {

    /** Returns the first of its places. */
    int from();

    /** Returns the place after its last. */
    int to();

    /** Returns whether its rows depend on the row to its left. */
    boolean lateral();

    /**
     * Computes the rows.
     *
     * @param left the row to its left, its places filled; a new row gets a copy of it
     */
    List<@Nullable Object[]> rows(Context context, @Nullable Frame outer, @Nullable Object[] left);
}
