package io.millrace.jdbc;

import io.millrace.jdbc.wire.Cells;
import io.millrace.jdbc.wire.ColumnInfo;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows the driver itself has put together. */
final class FixedRows implements Rows {

    private final List<ColumnInfo> columns;
    private final Iterator<? extends List<@Nullable String>> rows;

    FixedRows(List<ColumnInfo> columns, List<? extends List<@Nullable String>> rows) {
        this.columns = columns;
        this.rows = rows.iterator();
    }

    @Override
    public List<ColumnInfo> columns() {
        return columns;
    }

    @Override
    public @Nullable Cells next() {
        return rows.hasNext() ? new ListCells(rows.next()) : null;
    }

    @Override
    public void close() {
        // There is nothing behind them.
    }

    private static final class ListCells implements Cells {

        private final List<@Nullable String> cells;

        ListCells(List<@Nullable String> cells) {
            this.cells = cells;
        }

        @Override
        public boolean isNull(int column) {
            return cells.get(column) == null;
        }

        @Override
        public @Nullable String text(int column) {
            return cells.get(column);
        }

        @Override
        public long bits(int column) {
            throw new IllegalStateException("the driver's own rows are text");
        }
    }
}
