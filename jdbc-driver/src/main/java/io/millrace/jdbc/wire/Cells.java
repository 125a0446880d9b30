package io.millrace.jdbc.wire;

import org.jspecify.annotations.Nullable;

/** The cells of one row, counted from 0, as the server wrote them. */
public interface Cells {

    /** Returns whether a cell is NULL. */
    boolean isNull(int column);

    /** Returns a cell's text, or null for NULL. */
    @Nullable
    String text(int column);
}
