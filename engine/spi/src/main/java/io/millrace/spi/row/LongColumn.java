package io.millrace.spi.row;

import java.util.Arrays;

/** A column of {@link io.millrace.spi.type.Storage#LONG} values. */
public final class LongColumn extends Column {

    private long[] values;

    public LongColumn(int capacity) {
        this.values = new long[capacity];
    }

    /** Wraps an array; the column keeps it. */
    public LongColumn(long[] values) {
        this.values = values;
    }

    /** Returns the values, to read or to write. The array is another one after the column has grown. */
    public long[] values() {
        return values;
    }

    public long get(int row) {
        return values[row];
    }

    public void set(int row, long value) {
        values[row] = value;
    }

    @Override
    public int capacity() {
        return values.length;
    }

    @Override
    Column sameArrays() {
        return new LongColumn(values);
    }

    @Override
    void grow(int newCapacity) {
        values = Arrays.copyOf(values, newCapacity);
    }

    @Override
    public void copyFrom(Column source, int sourceRow, int row) {
        if (!copyNull(source, sourceRow, row)) {
            values[row] = ((LongColumn) source).values[sourceRow];
        }
    }
}
