package io.millrace.spi.row;

import java.util.Arrays;

/** A column of {@link io.millrace.spi.type.Storage#FLOAT} values. */
public final class FloatColumn extends Column {

    private float[] values;

    public FloatColumn(int capacity) {
        this.values = new float[capacity];
    }

    /** Wraps an array; the column keeps it. */
    public FloatColumn(float[] values) {
        this.values = values;
    }

    /** Returns the values, to read or to write. The array is another one after the column has grown. */
    public float[] values() {
        return values;
    }

    public float get(int row) {
        return values[row];
    }

    public void set(int row, float value) {
        values[row] = value;
    }

    @Override
    public int capacity() {
        return values.length;
    }

    @Override
    Column sameArrays() {
        return new FloatColumn(values);
    }

    @Override
    void grow(int newCapacity) {
        values = Arrays.copyOf(values, newCapacity);
    }

    @Override
    public void copyFrom(Column source, int sourceRow, int row) {
        if (!copyNull(source, sourceRow, row)) {
            values[row] = ((FloatColumn) source).values[sourceRow];
        }
    }
}
