package io.millrace.jdbc;

import io.millrace.jdbc.wire.Cells;
import io.millrace.jdbc.wire.ColumnInfo;
import java.sql.SQLException;
import java.util.ArrayList;
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

    /** Reads an answer to its end, so that it needs nothing any more of what it comes from. */
    static FixedRows of(Rows answer) throws SQLException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        read(answer, rows);
        return new FixedRows(asText(answer.columns()), rows);
    }

    /** Returns the columns as they are when their cells are text. */
    static List<ColumnInfo> asText(List<ColumnInfo> columns) {
        List<ColumnInfo> texts = new ArrayList<>();
        for (ColumnInfo column : columns) {
            texts.add(new ColumnInfo(column.label(), column.typeOid(), column.modifier(), false, column.shape()));
        }
        return texts;
    }

    /** Adds the rows of an answer, to its end, as texts. */
    static void read(Rows answer, List<List<@Nullable String>> rows) throws SQLException {
        for (Cells cells = answer.next(); cells != null; cells = answer.next()) {
            rows.add(texts(answer.columns(), cells));
        }
    }

    private static List<@Nullable String> texts(List<ColumnInfo> columns, Cells cells) {
        List<@Nullable String> row = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            boolean bits = columns.get(i).binary() && !cells.isNull(i);
            row.add(bits ? FixedWidth.text(SqlType.of(columns.get(i).typeOid()), cells.bits(i)) : cells.text(i));
        }
        return row;
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
