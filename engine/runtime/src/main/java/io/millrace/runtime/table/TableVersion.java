package io.millrace.runtime.table;

import io.millrace.runtime.view.SnapshotSource;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a table at one moment. Safe for use by several threads. */
public final class TableVersion {

    private final RowBatch slots;
    private final int[] gone;
    private final int number;
    private int @Nullable [] live;

    /**
     * @param slots all slots there are in the version
     * @param gone by slot, the version in which its row went; later marks do not matter
     */
    TableVersion(RowBatch slots, int[] gone, int number) {
        this.slots = slots;
        this.gone = gone;
        this.number = number;
    }

    /** Returns a number above all slots. */
    public int slotCount() {
        return slots.size();
    }

    /** Returns whether there is a row in this slot. */
    public boolean has(int slot) {
        return slot < slots.size() && gone[slot] > number;
    }

    /** Returns the rows by slot, those that are gone among them; nothing is copied, and nothing of it may be changed. */
    public RowBatch slots() {
        return slots.view();
    }

    /** Returns how many rows there are. */
    public int rowCount() {
        return live().length;
    }

    /** Returns all rows; nothing is copied, and nothing of it may be changed. */
    public RowBatch rows() {
        RowBatch rows = slots.view();
        rows.select(live(), live().length);
        return rows;
    }

    private synchronized int[] live() {
        int[] known = live;
        if (known == null) {
            known = new int[slots.size()];
            int count = 0;
            for (int slot = 0; slot < known.length; slot++) {
                if (gone[slot] > number) {
                    known[count++] = slot;
                }
            }
            known = Arrays.copyOf(known, count);
            live = known;
        }
        return known;
    }

    /**
     * Returns the rows as the source of a bounded scan.
     *
     * @param columns the columns wanted, by name: the table's, and {@link SystemColumns#TABLE_SLOT}
     */
    public Source source(RowType columns) {
        RowBatch rows = rows();
        return new SnapshotSource(
                columns.indexOf(SystemColumns.TABLE_SLOT.name()) >= 0 ? withSlots(rows) : rows, columns);
    }

    /**
     * Returns the row of one slot as the source of a bounded scan.
     *
     * @param slot −1 for no row
     */
    public Source source(RowType columns, int slot) {
        RowBatch rows = slots.view();
        rows.select(new int[] {Math.max(0, slot)}, slot < 0 ? 0 : 1);
        return new SnapshotSource(withSlots(rows.compact(), new long[] {slot}), columns);
    }

    private static RowBatch withSlots(RowBatch rows) {
        long[] numbers = new long[rows.size()];
        Arrays.setAll(numbers, slot -> slot);
        return withSlots(rows, numbers);
    }

    private static RowBatch withSlots(RowBatch rows, long[] numbers) {
        List<Field> fields = new ArrayList<>(rows.type().fields());
        fields.add(SystemColumns.TABLE_SLOT);
        Column[] columns = new Column[fields.size()];
        for (int i = 0; i < rows.columnCount(); i++) {
            columns[i] = rows.column(i);
        }
        columns[rows.columnCount()] = new LongColumn(numbers);
        RowBatch all = new RowBatch(new RowType(fields), columns);
        all.size(rows.size());
        all.select(rows.selection(), rows.selectedCount());
        return all;
    }
}
