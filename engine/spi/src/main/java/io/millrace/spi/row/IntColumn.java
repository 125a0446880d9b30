package io.millrace.spi.row;

import java.util.Arrays;

/** A column of {@link io.millrace.spi.type.Storage#INT} values. */
public final class IntColumn extends Column {

    private int[] values;

    public IntColumn(int capacity) {
        this.values = new int[capacity];
    }

    /** Wraps an array; the column keeps it. */
    public IntColumn(int[] values) {
        this.values = values;
    }

    /** Returns the values, to read or to write. The array is another one after the column has grown. */
    public int[] values() {
        return values;
    }

    public int get(int row) {
        return values[row];
    }

    public void set(int row, int value) {
        values[row] = value;
    }

    @Override
    public int capacity() {
        return values.length;
    }

    @Override
    Column sameArrays() {
        return new IntColumn(values);
    }

    @Override
    void grow(int newCapacity) {
        values = Arrays.copyOf(values, newCapacity);
    }

    @Override
    public void copyFrom(Column source, int sourceRow, int row) {
        if (!copyNull(source, sourceRow, row)) {
            values[row] = ((IntColumn) source).values[sourceRow];
        }
    }
}
