package io.millrace.runtime.table;

import io.millrace.runtime.state.RowCopy;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of a table and their primary key. For one thread at a time; its versions are for all. */
public final class TableRows {

    /** Slots of rows that are gone are kept until there are so many, and more than rows. */
    private static final int GONE_LEAST = 4096;

    private static final int PRESENT = Integer.MAX_VALUE;

    private final String table;
    private final RowType type;
    private final List<Integer> key;
    private RowBatch slots;
    private int[] gone = {};
    private @Nullable KeyIndex index;
    private int number;
    private int goneCount;

    /**
     * Creates an empty table.
     *
     * @param table its name, for errors
     * @param key columns of its primary key; none where rows may repeat
     */
    public TableRows(String table, RowType type, List<Integer> key) {
        this.table = table;
        this.type = type;
        this.key = List.copyOf(key);
        this.slots = RowBatch.create(type, 0);
        this.index = newIndex();
    }

    private @Nullable KeyIndex newIndex() {
        return key.isEmpty() ? null : new KeyIndex(type, key);
    }

    public RowType type() {
        return type;
    }

    /** Returns the places of the columns of the primary key, in its order; none where there is none. */
    public List<Integer> key() {
        return key;
    }

    /** Returns the table as it is now. */
    public TableVersion version() {
        return new TableVersion(slots.view(), gone, number);
    }

    /** Returns how many rows there are. */
    public int rowCount() {
        return slots.size() - goneCount;
    }

    /**
     * Takes rows out and puts rows in, all of them or, where it fails, none.
     *
     * @param removed slots of rows that are there, each once
     * @param added the rows that count in it are copied
     * @throws MillraceException {@code DUPLICATE_KEY} where two rows would have the same key; {@code LIMIT_EXCEEDED}
     *     where there would be more rows than a table can have
     */
    public void change(int[] removed, RowBatch added) {
        int first = slots.size();
        if ((long) first + added.selectedCount() > Integer.MAX_VALUE - 64) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED, "table '" + table + "' would have more than 2^31 rows", "use a stream");
        }
        if (index != null) {
            int duplicate = index.change(removed, added, first);
            if (duplicate >= 0) {
                throw duplicate(added, added.selectedRow(duplicate));
            }
        }
        number++;
        RowCopy.append(slots, plain(added));
        growGone();
        for (int slot : removed) {
            gone[slot] = number;
        }
        goneCount += removed.length;
    }

    /** Weights are nothing that a table keeps. */
    private static RowBatch plain(RowBatch added) {
        added.weights(null);
        return added;
    }

    private void growGone() {
        int before = gone.length;
        if (before < slots.size()) {
            // A longer array and not the same one: versions keep theirs.
            gone = Arrays.copyOf(gone, Math.max(slots.size(), before + (before >> 1) + 16));
            Arrays.fill(gone, before, gone.length, PRESENT);
        }
    }

    private MillraceException duplicate(RowBatch rows, int row) {
        String names = key.stream().map(type::field).map(Field::name).collect(Collectors.joining(", "));
        StringBuilder values = new StringBuilder();
        for (int column : key) {
            values.append(values.isEmpty() ? "" : ", ");
            SqlText.append(type.field(column).type(), rows.column(column), row, ZoneOffset.UTC, values);
        }
        return new MillraceException(
                ErrorCode.DUPLICATE_KEY,
                "duplicate key: table '" + table + "' has a row with (" + names + ") = (" + values + ") already",
                "use another key, UPDATE the row, or INSERT … ON CONFLICT (" + names + ") DO UPDATE or DO NOTHING");
    }

    /** Returns for each row that counts whether a row with its key is there, or comes before it among them. */
    public boolean[] taken(RowBatch rows) {
        return index == null ? new boolean[rows.selectedCount()] : index.taken(rows);
    }

    /**
     * Returns the slot of the row with a key, or −1.
     *
     * @param wanted one row of the columns of the primary key, in its order
     */
    public int find(RowBatch wanted) {
        if (index == null) {
            throw new IllegalStateException("table '" + table + "' has no key");
        }
        return index.find(wanted);
    }

    /** Returns whether copying would free much of the memory. */
    public boolean wasteful() {
        return goneCount > GONE_LEAST && goneCount > rowCount();
    }

    /** Gives back the slots of rows that are gone; others get new slots. Versions given before stay as they are. */
    public void closeUp() {
        restore(version());
    }

    /** Makes the table what a version of it is. */
    public void restore(TableVersion version) {
        RowBatch rows = version.rows();
        int count = rows.selectedCount();
        slots = RowBatch.create(type, count);
        gone = new int[0];
        goneCount = 0;
        number = 0;
        index = newIndex();
        change(new int[0], rows);
    }
}
