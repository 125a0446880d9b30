package io.millrace.connector.jdbc;

import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import java.nio.ByteBuffer;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes: a row that came takes the place of the one with its key, and one that went takes it out, in the order
 * in which they are given. A row that went before another came in its place need not be taken out.
 */
final class ChangedRows implements RowWriter {

    /** The state of SQL for a value that is none of its kind, and for a NULL where there may be none. */
    private static final String WRONG_VALUE = "22000";

    private static final String NULL_VALUE = "23502";

    private final RowChanges changes;
    private final RowWriter comers;
    private final RowWriter goers;

    /**
     * @param comers puts rows into the table
     * @param goers takes rows with their keys out of it
     */
    ChangedRows(RowChanges changes, RowWriter comers, RowWriter goers) {
        this.changes = changes;
        this.comers = comers;
        this.goers = goers;
    }

    @Override
    public void write(RowBatch delivered, int from, int to) throws SQLException {
        boolean[] goes = goes(delivered, from, to);
        RowBatch rows = changes.rows(delivered);
        boolean[] counts = counts(rows, goes, from);
        int[] some = new int[goes.length];
        int count = 0;
        boolean going = false;
        for (int i = 0; i < goes.length; i++) {
            if (!counts[i]) {
                continue;
            }
            if (goes[i] != going) {
                write(rows, some, count, going);
                count = 0;
                going = goes[i];
            }
            some[count++] = from + i;
        }
        write(rows, some, count, going);
    }

    private void write(RowBatch rows, int[] some, int count, boolean going) throws SQLException {
        if (count > 0) {
            rows.select(some, count);
            (going ? goers : comers).write(rows.compact(), 0, count);
        }
    }

    /** Returns for each row whether it went. */
    private boolean[] goes(RowBatch delivered, int from, int to) throws SQLException {
        BytesColumn ops = (BytesColumn) delivered.column(changes.op());
        boolean[] goes = new boolean[to - from];
        for (int row = from; row < to; row++) {
            String op = ops.isNull(row) ? null : ops.text(row);
            if (!RowChanges.INSERT.equals(op) && !RowChanges.DELETE.equals(op)) {
                throw new SQLDataException(
                        "column '" + delivered.type().field(changes.op()).name() + "' is "
                                + (op == null ? "NULL" : "'" + op + "'") + ", where a change is '" + RowChanges.INSERT
                                + "' or '" + RowChanges.DELETE + "'",
                        WRONG_VALUE);
            }
            goes[row - from] = RowChanges.DELETE.equals(op);
        }
        return goes;
    }

    private boolean[] counts(RowBatch rows, boolean[] goes, int from) throws SQLException {
        boolean[] counts = new boolean[goes.length];
        Set<List<@Nullable Object>> come = new HashSet<>();
        for (int i = goes.length - 1; i >= 0; i--) {
            List<@Nullable Object> key = key(rows, from + i);
            counts[i] = !goes[i] || !come.contains(key);
            if (!goes[i]) {
                come.add(key);
            }
        }
        return counts;
    }

    /** Rows are found by what their key equals, and nothing equals NULL. */
    private List<@Nullable Object> key(RowBatch rows, int row) throws SQLException {
        List<@Nullable Object> key = new ArrayList<>();
        for (int place : changes.key()) {
            if (rows.column(place).isNull(row)) {
                throw new SQLDataException(
                        "column '" + rows.type().field(place).name()
                                + "' of the key is NULL, which no row can be found by",
                        NULL_VALUE);
            }
            Object value = JavaValues.get(rows.type().field(place).type(), rows.column(place), row);
            key.add(value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value);
        }
        return key;
    }
}
