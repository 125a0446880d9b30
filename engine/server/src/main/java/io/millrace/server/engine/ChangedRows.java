package io.millrace.server.engine;

import io.millrace.runtime.table.TableRows;
import io.millrace.server.table.TableChanges;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.statement.TableChange;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Makes changes of a table from the rows of the query that says what they are. */
final class ChangedRows {

    private final String table;
    private final TableRows rows;
    private final RowType type;

    ChangedRows(String table, TableRows rows) {
        this.table = table;
        this.rows = rows;
        this.type = rows.type();
    }

    /** @param wanted all rows of the query, without a selection */
    TableChanges of(TableChange change, RowBatch wanted) {
        TableChanges changes = switch (change) {
            case TableChange.Insert insert -> inserted(insert, wanted);
            case TableChange.Upsert upsert -> upserted(wanted);
            case TableChange.Update update -> updated(wanted);
            case TableChange.Delete delete -> new TableChanges(slots(wanted), RowBatch.create(type, 0));
        };
        NotNullColumns.check(table, changes.added());
        return changes;
    }

    private TableChanges inserted(TableChange.Insert insert, RowBatch wanted) {
        RowBatch added = part(wanted, 0);
        if (insert.ignoring()) {
            boolean[] taken = rows.taken(added);
            int[] kept = new int[taken.length];
            int count = 0;
            for (int row = 0; row < taken.length; row++) {
                if (!taken[row]) {
                    kept[count++] = row;
                }
            }
            added.select(kept, count);
        }
        return new TableChanges(new int[0], added);
    }

    /** Returns the columns of a row of the table that lie in the batch from one on. */
    private RowBatch part(RowBatch wanted, int first) {
        Column[] columns = new Column[type.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = wanted.column(first + i);
        }
        RowBatch part = new RowBatch(type, columns);
        part.size(wanted.size());
        return part;
    }

    private static int[] slots(RowBatch wanted) {
        Set<Integer> seen = new HashSet<>();
        LongColumn slots = (LongColumn) wanted.column(0);
        int[] distinct = new int[wanted.size()];
        int count = 0;
        for (int row = 0; row < wanted.size(); row++) {
            int slot = (int) slots.get(row);
            if (seen.add(slot)) {
                distinct[count++] = slot;
            }
        }
        return Arrays.copyOf(distinct, count);
    }

    private TableChanges updated(RowBatch wanted) {
        Set<Integer> seen = new HashSet<>();
        LongColumn slots = (LongColumn) wanted.column(0);
        RowBatch added = part(wanted, 1);
        int[] kept = new int[wanted.size()];
        int[] removed = new int[wanted.size()];
        int count = 0;
        for (int row = 0; row < wanted.size(); row++) {
            int slot = (int) slots.get(row);
            if (seen.add(slot)) {
                kept[count] = row;
                removed[count++] = slot;
            }
        }
        added.select(kept, count);
        return new TableChanges(Arrays.copyOf(removed, count), added);
    }

    private TableChanges upserted(RowBatch wanted) {
        int width = type.size();
        RowBatch fresh = part(wanted, 0);
        RowBatch changed = part(wanted, width + 2);
        LongColumn slots = (LongColumn) wanted.column(width);
        BooleanColumn conditions = (BooleanColumn) wanted.column(width + 1);
        RowBatch added = RowBatch.create(type, wanted.size());
        Set<Integer> seen = new HashSet<>();
        int[] removed = new int[wanted.size()];
        for (int row = 0; row < wanted.size(); row++) {
            if (slots.isNull(row)) {
                added.appendFrom(fresh, row);
            } else if (!conditions.isNull(row) && conditions.get(row)) {
                removed[seen.size()] = (int) slots.get(row);
                added.appendFrom(changed, row);
                refuseTwice(!seen.add((int) slots.get(row)));
            }
        }
        refuseTwice(repeats(fresh, slots));
        return new TableChanges(Arrays.copyOf(removed, seen.size()), added);
    }

    /** Returns whether two rows that are to be added have the same key. */
    private boolean repeats(RowBatch fresh, LongColumn slots) {
        int[] alone = new int[fresh.size()];
        int count = 0;
        for (int row = 0; row < fresh.size(); row++) {
            if (slots.isNull(row)) {
                alone[count++] = row;
            }
        }
        fresh.select(alone, count);
        for (boolean taken : rows.taken(fresh)) {
            if (taken) {
                return true;
            }
        }
        return false;
    }

    private void refuseTwice(boolean twice) {
        if (twice) {
            throw new MillraceException(
                    ErrorCode.CARDINALITY_VIOLATION,
                    "ON CONFLICT DO UPDATE would change a row of table '" + table + "' twice",
                    "give each key once in a statement");
        }
    }
}
