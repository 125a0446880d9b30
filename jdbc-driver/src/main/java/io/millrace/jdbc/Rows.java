package io.millrace.jdbc;

import io.millrace.jdbc.wire.Cells;
import io.millrace.jdbc.wire.ColumnInfo;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a result set has its rows from. {@link #close} may come from any thread and at any time. */
interface Rows {

    List<ColumnInfo> columns();

    /** Waits for the next row and returns it, valid until the next call; null at the end. */
    @Nullable
    Cells next() throws SQLException;

    /** Ends the answer without reading what is left of it; again is without effect. */
    void close();
}
