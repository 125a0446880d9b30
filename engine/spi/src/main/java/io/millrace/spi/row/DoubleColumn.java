package io.millrace.spi.row;

import java.util.Arrays;

/** A column of {@link io.millrace.spi.type.Storage#DOUBLE} values. */
public final class DoubleColumn extends Column {

    private double[] values;

    public DoubleColumn(int capacity) {
        this.values = new double[capacity];
    }

    /** Wraps an array; the column keeps it. */
    public DoubleColumn(double[] values) {
        this.values = values;
    }

    /** Returns the values, to read or to write. The array is another one after the column has grown. */
    public double[] values() {
        return values;
    }

    public double get(int row) {
        return values[row];
    }

    public void set(int row, double value) {
        values[row] = value;
    }

    @Override
    public int capacity() {
        return values.length;
    }

    @Override
    Column sameArrays() {
        return new DoubleColumn(values);
    }

    @Override
    void grow(int newCapacity) {
        values = Arrays.copyOf(values, newCapacity);
    }

    @Override
    public void copyFrom(Column source, int sourceRow, int row) {
        if (!copyNull(source, sourceRow, row)) {
            values[row] = ((DoubleColumn) source).values[sourceRow];
        }
    }
}
