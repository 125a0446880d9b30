package io.millrace.spi.row;

import java.util.Arrays;

/** A column of {@link io.millrace.spi.type.Storage#BOOLEAN} values. */
public final class BooleanColumn extends Column {

    private boolean[] values;

    public BooleanColumn(int capacity) {
        this.values = new boolean[capacity];
    }

    /** Wraps an array; the column keeps it. */
    public BooleanColumn(boolean[] values) {
        this.values = values;
    }

    /** Returns the values, to read or to write. The array is another one after the column has grown. */
    public boolean[] values() {
        return values;
    }

    public boolean get(int row) {
        return values[row];
    }

    public void set(int row, boolean value) {
        values[row] = value;
    }

    @Override
    public int capacity() {
        return values.length;
    }

    @Override
    Column sameArrays() {
        return new BooleanColumn(values);
    }

    @Override
    void grow(int newCapacity) {
        values = Arrays.copyOf(values, newCapacity);
    }

    @Override
    public void copyFrom(Column source, int sourceRow, int row) {
        if (!copyNull(source, sourceRow, row)) {
            values[row] = ((BooleanColumn) source).values[sourceRow];
        }
    }
}
