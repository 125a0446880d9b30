package io.millrace.server.table;

import io.millrace.runtime.state.RowCopy;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows as a table's log has them: the table's columns, and behind them what the row means. */
final class ChangeRows {

    /** The row came. */
    static final int CAME = 1;

    /** The row went. */
    static final int WENT = -1;

    /** A snapshot starts; the row itself says nothing. */
    static final int SNAPSHOT_STARTS = 2;

    /** The row is there, says a snapshot. */
    static final int THERE = 3;

    /** The snapshot is whole; the row itself says nothing. */
    static final int SNAPSHOT_ENDS = 4;

    /** The column that says what a row means. */
    static final Field MEANING = Field.required("$change", DataType.TINYINT);

    private final RowType type;
    private final RowType stored;

    ChangeRows(RowType type) {
        this.type = type;
        this.stored = wanted(type);
    }

    /** Returns what to read of a log for some of a table's columns. */
    static RowType wanted(RowType columns) {
        List<Field> fields = new ArrayList<>();
        for (Field field : columns.fields()) {
            // What starts and ends a snapshot has NULL everywhere.
            fields.add(Field.nullable(field.name(), field.type()));
        }
        fields.add(MEANING);
        return new RowType(fields);
    }

    /** Returns rows that went and rows that came, those that went first. */
    RowBatch changes(RowBatch went, RowBatch came) {
        RowBatch rows = RowBatch.create(type, went.selectedCount() + came.selectedCount());
        RowCopy.append(rows, went);
        int first = rows.size();
        RowCopy.append(rows, came);
        int[] meanings = new int[rows.size()];
        Arrays.fill(meanings, 0, first, WENT);
        Arrays.fill(meanings, first, meanings.length, CAME);
        return with(rows, meanings);
    }

    /** Returns rows that are there. */
    RowBatch there(RowBatch present) {
        RowBatch rows = RowBatch.create(type, present.selectedCount());
        RowCopy.append(rows, present);
        int[] meanings = new int[rows.size()];
        Arrays.fill(meanings, THERE);
        return with(rows, meanings);
    }

    /** Returns a row that says nothing but what it means. */
    RowBatch mark(int meaning) {
        RowBatch rows = RowBatch.create(type, 1);
        for (int i = 0; i < rows.columnCount(); i++) {
            rows.column(i).setNull(0);
        }
        rows.size(1);
        return with(rows, new int[] {meaning});
    }

    private RowBatch with(RowBatch rows, int[] meanings) {
        Column[] columns = new Column[rows.columnCount() + 1];
        for (int i = 0; i < rows.columnCount(); i++) {
            columns[i] = rows.column(i);
        }
        columns[rows.columnCount()] = new IntColumn(meanings);
        RowBatch all = new RowBatch(stored, columns);
        all.size(rows.size());
        return all;
    }

    /** Returns what the rows mean that were read as {@link #wanted} says. */
    static int[] meanings(RowBatch rows) {
        return ((IntColumn) rows.column(rows.columnCount() - 1)).values();
    }

    /** Returns whether a column is the place of a row, which no log has. */
    static boolean isSlot(Field field) {
        return field.name().equals(SystemColumns.TABLE_SLOT.name());
    }
}
