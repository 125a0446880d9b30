package io.millrace.spi.row;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one field for all rows of a batch: arrays that grow on demand, and the NULLs.
 *
 * <p>A column does not know how many rows are in use; its batch does. A row's value is undefined where
 * the row is NULL.
 */
public abstract sealed class Column
        permits BooleanColumn,
                IntColumn,
                LongColumn,
                FloatColumn,
                DoubleColumn,
                Decimal128Column,
                BytesColumn,
                ArrayColumn,
                RowColumn {

    private boolean @Nullable [] nulls;
    /** The array this column made itself, kept over {@link #clear} so that NULLs cost no garbage. */
    private boolean @Nullable [] ownNulls;

    /** Creates an empty column for values of the type, with room for so many rows. */
    public static Column create(DataType type, int capacity) {
        return switch (type.storage()) {
            case BOOLEAN -> new BooleanColumn(capacity);
            case INT -> new IntColumn(capacity);
            case LONG -> new LongColumn(capacity);
            case FLOAT -> new FloatColumn(capacity);
            case DOUBLE -> new DoubleColumn(capacity);
            case DECIMAL128 -> new Decimal128Column(capacity);
            case BYTES -> new BytesColumn(capacity);
            case ARRAY -> new ArrayColumn(create(elementOf(type), capacity), capacity);
            case ROW -> RowColumn.create((RowType) type, capacity);
        };
    }

    private static DataType elementOf(DataType type) {
        return type instanceof MapType map ? map.entry() : ((ArrayType) type).element();
    }

    /**
     * Returns which rows are NULL, or null where none is. An array covers at least the rows that were
     * ensured or set.
     */
    public final boolean @Nullable [] nulls() {
        return nulls;
    }

    /** Replaces the NULL marks; null says that no row is NULL. The column keeps the array. */
    public final void nulls(boolean @Nullable [] marks) {
        nulls = marks;
    }

    public final boolean isNull(int row) {
        return nulls != null && row < nulls.length && nulls[row];
    }

    /** Marks the row as NULL. The row must be below {@link #capacity()}. */
    public final void setNull(int row) {
        nullsForWriting()[row] = true;
    }

    /** Marks the row as not NULL. Setting a value does not do this. */
    public final void clearNull(int row) {
        if (nulls != null && row < nulls.length) {
            nulls[row] = false;
        }
    }

    /** Returns the NULL marks to write into, all false where there were none, one for each row of capacity. */
    public final boolean[] nullsForWriting() {
        if (nulls == null) {
            nulls = cleanNulls();
        } else if (nulls.length < capacity()) {
            growNulls(nulls);
        }
        return nulls;
    }

    private boolean[] cleanNulls() {
        if (ownNulls == null || ownNulls.length < capacity()) {
            ownNulls = new boolean[capacity()];
        } else {
            Arrays.fill(ownNulls, false);
        }
        return ownNulls;
    }

    private void growNulls(boolean[] marks) {
        boolean[] grown = Arrays.copyOf(marks, capacity());
        if (marks == ownNulls) {
            ownNulls = grown;
        }
        nulls = grown;
    }

    /** Returns how many rows fit before {@link #ensureCapacity} has to copy. */
    public abstract int capacity();

    /** Grows the arrays, keeping what they hold, so that rows below {@code rows} can be written. */
    public final void ensureCapacity(int rows) {
        if (rows > capacity()) {
            grow(grown(capacity(), rows));
        }
        if (nulls != null && nulls.length < rows) {
            growNulls(nulls);
        }
    }

    /** Copies the arrays into longer ones. */
    abstract void grow(int capacity);

    /**
     * Returns a column of what this one has now, over the same arrays: rows that are only ever appended to this one can
     * be read there while others are appended. It is not to be written.
     */
    public final Column view() {
        Column view = sameArrays();
        view.nulls = nulls;
        return view;
    }

    /** Returns a column over the arrays there are now, without NULLs. */
    abstract Column sameArrays();

    /** Forgets all values and NULLs and keeps the arrays for reuse. */
    public void clear() {
        nulls = null;
    }

    /**
     * Sets a row to the value, or NULL, of another column's row. Both columns hold the same type. The
     * target row must be below {@link #capacity()}; variable-length columns are written in ascending
     * order of rows.
     */
    public abstract void copyFrom(Column source, int sourceRow, int row);

    /** Copies the NULL mark and tells whether the row is NULL, so that its value need not be copied. */
    protected final boolean copyNull(Column source, int sourceRow, int row) {
        if (source.isNull(sourceRow)) {
            setNull(row);
            return true;
        }
        clearNull(row);
        return false;
    }

    /** Returns the capacity to grow to: at least {@code rows}, and half as much again as now. */
    static int grown(int capacity, int rows) {
        return Math.max(rows, Math.max(16, capacity + (capacity >> 1)));
    }
}
