package io.millrace.jdbc.wire;

import org.jspecify.annotations.Nullable;

/** The cells of one row, counted from 0, as the server wrote them. */
public interface Cells {

    /** Returns whether a cell is NULL. */
    boolean isNull(int column);

    /** Returns the text of a cell that came as text, or null for NULL. */
    @Nullable
    String text(int column);

    /** Returns the bits of a cell of fixed width that is not NULL, with the sign in front. */
    long bits(int column);
}
